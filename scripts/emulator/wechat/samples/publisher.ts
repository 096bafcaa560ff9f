import type { SamplesOf } from './sample.ts';

export const publisher: SamplesOf<'publisher'> = {
  getStat: {
    request: {
      action: 'publisher_adpos_general',
      page: 1,
      page_size: 10,
      start_date: '2025-12-31',
      end_date: '2025-12-31',
    },
    answer: { base_resp: { ret: 0 } },
  },
};
