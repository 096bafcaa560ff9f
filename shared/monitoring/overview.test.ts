import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { DateRange } from '../wechat/catalogue/data-cube.ts';
import type { Api } from '../wechat/client/index.ts';
import { createOverview } from './overview.ts';

const config = {
  appid: 'wx0123456789abcdef',
  tokenKind: 'stable',
  tokenSource: 'document',
  jsapiTicket: 'on',
} as const;

function openOverview(at: string) {
  const clock = createFakeClock(Date.parse(at));
  const asked: DateRange[] = [];
  const rows = async (range: DateRange) => {
    asked.push(range);
    return {
      list: [
        { ref_date: range.end_date, cumulate_user: 9, user_source: 0, new_user: 2, cancel_user: 1 },
        { ref_date: range.end_date, user_source: 1, new_user: 3, cancel_user: 0 },
      ].map((row) => ({ cumulate_user: 9, ...row, msg_type: 1, msg_user: 1, msg_count: 4 })),
    };
  };
  const dataCube = { getUserCumulate: rows, getUserSummary: rows, getUpstreamMsg: rows };
  const api = { dataCube } as unknown as Api;
  const store = createMemoryStore({ now: clock.now });
  return { asked, overview: createOverview({ store, api, config, clock }) };
}

test('the days end with the last one of which WeChat has figures, by the clock of China', async () => {
  const morning = openOverview('2026-11-29T08:59:00+08:00');
  const later = openOverview('2026-11-29T09:00:00+08:00');
  const night = openOverview('2026-11-29T00:30:00+08:00');
  for (const { overview } of [morning, later, night]) await overview.days();

  expect(morning.asked[0]).toEqual({ begin_date: '2026-11-21', end_date: '2026-11-27' });
  expect(later.asked[0]).toEqual({ begin_date: '2026-11-22', end_date: '2026-11-28' });
  expect(night.asked[0]).toEqual({ begin_date: '2026-11-21', end_date: '2026-11-27' });
});

test('the sources and types of a day are added up, and a day without rows is zero', async () => {
  const { overview } = openOverview('2026-11-29T12:00:00+08:00');
  const days = await overview.days();

  expect(days).toHaveLength(7);
  expect(days.at(-1)).toEqual({
    ...{ day: '2026-11-28', followers: 9, came: 5, left: 1 },
    ...{ messages: 8, writers: 2 },
  });
  expect(days[0]).toMatchObject({ day: '2026-11-22', followers: 0, messages: 0 });
});

test('an account on its first day has a status too', async () => {
  const { overview } = openOverview('2026-11-29T12:00:00+08:00');

  expect(await overview.status()).toMatchObject({
    ...{ credentials: [], alerts: [], quotas: [] },
    jobs: { dead: 0 },
    answers: { total: 0 },
  });
});
