import type { OperationsOf } from './operation.ts';

const actions = ['publisher_adpos_general', 'publisher_cps_general', 'publisher_settlement'];
const PAGE_ERROR = { base_resp: { ret: 1_701, err_msg: 'invalid args' } };

export const publisher: OperationsOf<'publisher'> = {
  /** Nobody advertises here: the income is what was set by hand. */
  getStat({ figures }, { query }) {
    const { action = '', start_date: start = '', end_date: end = '' } = query;
    const [page, size] = [Number(query.page), Number(query.page_size)];
    if (!actions.includes(action) || !(page >= 1) || !(size >= 1)) return PAGE_ERROR;
    const rows = figures
      .rows(action)
      .filter(({ date }) => String(date) >= start && String(date) <= end);
    const shown = rows.slice((page - 1) * size, page * size);
    return {
      base_resp: { ret: 0, err_msg: 'ok' },
      ...(action === 'publisher_settlement' ? { settlement_list: shown } : { list: shown }),
      total_num: rows.length,
    };
  },
};
