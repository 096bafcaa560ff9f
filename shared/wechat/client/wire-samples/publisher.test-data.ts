import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const publisher: WireSamplesOf<'publisher'> = {
  getStat: {
    request: {
      action: 'publisher_settlement',
      page: 1,
      page_size: 10,
      start_date: '2025-12-31',
      end_date: '2025-12-31',
    },
    answer: {
      base_resp: { err_msg: 'ok', ret: 0 },
      body: '样例公司',
      penalty_all: 0,
      revenue_all: 5178368698,
      settled_revenue_all: 2613696765,
      settlement_list: [
        {
          date: '2026-01-01',
          zone: '2026年1月上半月',
          month: '202601',
          order: 1,
          sett_status: 1,
          settled_revenue: 718926045,
          sett_no: 'SETT0101',
          mail_send_cnt: '1',
          slot_revenue: [{ slot_id: 'SLOT_ID_BIZ_BOTTOM', slot_settled_revenue: 34139443 }],
        },
      ],
      total_num: 24,
    },
  },
};
