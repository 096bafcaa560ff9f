import { expect, test } from '@jest/globals';
import type { WechatApiOptions } from '../api.ts';
import { HOUR } from '../api-fixture.ts';
import { createContentApi, refusal } from '../content-fixture.ts';
import { ordinary } from '../push/ordinary.ts';

const DAY = 24 * HOUR;
const FIRST = { begin_date: '2026-01-01', end_date: '2026-01-01' };

/** It is noon of Thursday, 2026-01-01. */
async function createReportApi(options: Partial<WechatApiOptions> = {}) {
  const api = await createContentApi(options);
  const report = async (name: string, range: object = FIRST) =>
    api.control(`/datacube/${name}?${await api.tokenQuery()}`, range);
  return { ...api, report, note: api.api.followers.note };
}

test('followers gained and lost', async () => {
  const { report, note, clock } = await createReportApi();
  const scan = { EventKey: 'qrscene_1', Ticket: 'T' };
  note({ openid: 'oEve', type: 'event', Event: 'subscribe', ...scan });
  await clock.advance(DAY);
  note({ openid: 'oEve', type: 'event', Event: 'unsubscribe' });
  await clock.advance(DAY);
  const range = { begin_date: '2025-12-31', end_date: '2026-01-02' };

  expect(await report('getusersummary', range)).toEqual({
    list: [
      { ref_date: '2026-01-01', user_source: 0, new_user: 0, cancel_user: 1 },
      { ref_date: '2026-01-01', user_source: 1, new_user: 4, cancel_user: 0 },
      { ref_date: '2026-01-01', user_source: 30, new_user: 1, cancel_user: 0 },
      { ref_date: '2026-01-02', user_source: 0, new_user: 0, cancel_user: 1 },
    ],
  });
  expect(await report('getusercumulate', range)).toEqual({
    list: [
      { ref_date: '2025-12-31', user_source: 0, cumulate_user: 0 },
      { ref_date: '2026-01-01', user_source: 0, cumulate_user: 4 },
      { ref_date: '2026-01-02', user_source: 0, cumulate_user: 3 },
    ],
  });
});

test('messages by day, hour, week and month, and how they are spread', async () => {
  const { report, note, clock } = await createReportApi();
  for (let each = 0; each < 6; each += 1) note(ordinary.text('oAnn', 'hi'));
  note(ordinary.image('oBen'));
  await clock.advance(HOUR);
  note(ordinary.text('oBen', 'hi'));
  await clock.advance(DAY);
  const figures = (
    ref_date: string,
    ref_hour: number,
    msg_type: number,
    users: number,
    n: number,
  ) => ({
    ref_date,
    ref_hour,
    msg_type,
    msg_user: users,
    msg_count: n,
  });
  const monday = { begin_date: '2025-12-29', end_date: '2025-12-29' };

  expect(await report('getupstreammsg')).toEqual({
    list: [figures('2026-01-01', 0, 1, 2, 7), figures('2026-01-01', 0, 2, 1, 1)],
  });
  expect(await report('getupstreammsghour')).toEqual({
    list: [
      figures('2026-01-01', 1200, 1, 1, 6),
      figures('2026-01-01', 1200, 2, 1, 1),
      figures('2026-01-01', 1300, 1, 1, 1),
    ],
  });
  expect(await report('getupstreammsgweek', monday)).toMatchObject({
    list: [{ ref_date: '2025-12-29', msg_type: 1, msg_count: 7 }, { msg_type: 2 }],
  });
  expect(await report('getupstreammsgmonth')).toMatchObject({
    list: [{ ref_date: '2026-01-01', msg_count: 7 }, {}],
  });
  for (const name of ['getupstreammsgdist', 'getupstreammsgdistmonth']) {
    expect(await report(name)).toEqual({
      list: [
        { ref_date: '2026-01-01', count_interval: 1, msg_user: 1 },
        { ref_date: '2026-01-01', count_interval: 2, msg_user: 1 },
      ],
    });
  }
  expect(await report('getupstreammsgdistweek', monday)).toMatchObject({ list: [{}, {}] });
});

test('how the callback did', async () => {
  const { report, control, clock } = await createReportApi();
  await control('/emulator/callback', { isGood: true, tookMs: 20 });
  await clock.advance(HOUR);
  await control('/emulator/callback', { isGood: false, tookMs: 5_000 });
  await clock.advance(DAY);
  const hour = { ref_date: '2026-01-01', callback_count: 1 };

  expect(await report('getinterfacesummary')).toEqual({
    list: [
      {
        ref_date: '2026-01-01',
        ref_hour: 0,
        callback_count: 2,
        fail_count: 1,
        total_time_cost: 5_020,
        max_time_cost: 5_000,
      },
    ],
  });
  expect(await report('getinterfacesummaryhour')).toMatchObject({
    list: [
      { ...hour, ref_hour: 1200, fail_count: 0 },
      { ...hour, ref_hour: 1300, fail_count: 1 },
    ],
  });
});

test('what the emulator cannot know is what was set by hand', async () => {
  const { report, call, clock, tokenQuery } = await createReportApi();
  const put = (name: string, rows: object[]) =>
    call('/emulator/figures', { method: 'PUT', body: JSON.stringify({ report: name, rows }) });
  const row = { ref_date: '2026-01-01', msgid: '1_1', detail: { read_user: 3 } };
  await put('getArticleRead', [row, { ...row, ref_date: '2026-01-02' }]);
  await put('publisher_adpos_general', [{ date: '2026-01-01', income: 5 }]);
  await clock.advance(DAY);

  expect(await report('getarticleread')).toEqual({ list: [row] });
  expect(await report('getarticleshare')).toEqual({ list: [] });
  const stat = async (change: string) =>
    call(
      `/publisher/stat?${await tokenQuery()}&page=1&page_size=10&start_date=2026-01-01&end_date=2026-01-01&${change}`,
    );
  expect(await stat('action=publisher_adpos_general')).toEqual({
    base_resp: { ret: 0, err_msg: 'ok' },
    list: [{ date: '2026-01-01', income: 5 }],
    total_num: 1,
  });
  expect(await stat('action=other')).toMatchObject({ base_resp: { err_msg: 'invalid args' } });
});

test('which days may be asked for', async () => {
  const { report, clock } = await createReportApi();
  const narrow = await createReportApi({ switches: { reportSpans: 'narrow' } });
  const range = (begin_date: string, end_date: string) => ({ begin_date, end_date });

  expect(await report('getusersummary', range('2025/12/01', '2025-12-01'))).toEqual(refusal(61500));
  expect(await report('getusersummary', range('2025-12-32', '2025-12-32'))).toEqual(refusal(61500));
  expect(await report('getusersummary')).toEqual(refusal(61501));
  expect(await report('getusersummary', range('2025-12-02', '2025-12-01'))).toEqual(refusal(61501));
  expect(await report('getusersummary', range('2025-12-01', '2025-12-08'))).toEqual(refusal(61501));
  expect(await report('getusersummary', range('2025-12-01', '2025-12-07'))).toEqual({ list: [] });
  const month = range('2025-12-01', '2025-12-30');
  expect(await report('getupstreammsgmonth', month)).toEqual({ list: [] });
  expect(await narrow.report('getupstreammsgmonth', month)).toEqual(refusal(61501));
  await clock.advance(20 * HOUR - 1);
  expect(await report('getusersummary')).toEqual(refusal(61503));
  await clock.advance(1);
  expect(await report('getusersummary')).toMatchObject({ list: [{}, {}] });
});
