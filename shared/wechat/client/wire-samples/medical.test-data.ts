import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const medical: WireSamplesOf<'medical'> = {
  send: {
    request: {
      status: 101,
      open_id: 'oAnn',
      order_id: 'visit-1',
      msg_id: 'visit-1-101',
      app_id: 'app_id-1',
      business_id: 150,
      business_info: {
        pat_name: '张三',
        doc_name: '李医生',
        redirect_page: { page_type: 'web', url: 'https://example.com/url' },
      },
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
};
