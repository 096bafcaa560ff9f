import { ann } from './people.ts';
import type { SamplesOf } from './sample.ts';

export const medical: SamplesOf<'medical'> = {
  send: {
    request: {
      status: 101,
      open_id: ann,
      order_id: 'visit-1',
      msg_id: 'visit-1-101',
      app_id: 'wx0123456789abcdef',
      business_id: 150,
      business_info: {
        pat_name: '张三',
        doc_name: '李医生',
        redirect_page: { page_type: 'web', url: 'https://example.com/visit-1' },
      },
    },
    answer: { errcode: 0 },
  },
};
