import { describe, expect, test } from '@jest/globals';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { createJobFixture } from '../../scripts/testing/jobs/job-fixture.ts';
import { createMetricReader } from '../alerts/index.ts';
import { metricTable } from './metric-table.ts';
import { createUpkeep, createUpkeepJobs } from './quota-jobs.ts';

const HOUR = 3_600_000;

/** It is 8:00 in Beijing. */
function setUp() {
  const fixture = createJobFixture();
  const asked: unknown[] = [];
  const { api } = createFakeWechat({
    '/cgi-bin/openapi/quota/get': ({ json }) => {
      asked.push(json);
      const { cgi_path } = json as { cgi_path: string };
      if (cgi_path === '/cgi-bin/menu/create')
        return { errcode: 76021, errmsg: 'cgi_path not found' };
      return { errcode: 0, quota: { daily_limit: 1_000, used: 950, remain: 50 } };
    },
    '/datacube/getinterfacesummary': ({ json }) => {
      asked.push(json);
      const figures = { total_time_cost: 900, max_time_cost: 90 };
      const day = { ref_date: '2025-12-31', callback_count: 60, fail_count: 3, ...figures };
      return { list: [day] };
    },
  });
  const upkeep = () => createUpkeep({ queue: fixture.queue, now: fixture.clock.now });
  const told = (event: string) =>
    fixture.lines.map((line) => JSON.parse(line)).filter((line) => line.event === event);
  return { ...fixture, upkeep, jobs: createUpkeepJobs({ api }), asked, told };
}

const calls = (counts: Readonly<Record<string, number>>) =>
  createMetricReader(
    metricTable,
    [
      {
        function: 'worker',
        instances: 1,
        series: Object.entries(counts).map(([endpoint, n]) => ({
          metric: 'wechat_calls_total',
          labels: [endpoint, 'ok'],
          values: [n],
        })),
      },
    ],
    [],
  );

describe('upkeep', () => {
  test('asks once in half an hour, over all instances, what is left for the endpoints used most', async () => {
    const { upkeep, jobs, shift, asked, told, clock } = setUp();
    const metrics = calls({ 'customerService.send': 9, 'menu.create': 10, other: 99 });
    const [one, two] = [upkeep(), upkeep()];

    for (const each of [one, two, one]) await each({ metrics, days: [] });
    await shift(jobs);

    expect(asked).toEqual([
      { cgi_path: '/cgi-bin/menu/create' },
      { cgi_path: '/cgi-bin/message/custom/send' },
    ]);
    expect(told('quota read')).toMatchObject([
      { endpoint: 'customerService.send', count: 50, details: { limit: 1_000 } },
    ]);
    expect(told('quota unknown')).toMatchObject([{ endpoint: 'menu.create' }]);
    await clock.advance(HOUR);
    await two({ metrics, days: [] });
    await shift(jobs);
    expect(asked).toHaveLength(4);
  });

  test('compares our count of yesterday with that of WeChat, when its figures are ready', async () => {
    const { upkeep, jobs, shift, asked, told, clock } = setUp();
    const days = [
      { day: '2025-12-30', total: 7 },
      { day: '2025-12-31', total: 100 },
      { day: '2026-01-01', total: 163 },
    ];

    for (const each of [upkeep(), upkeep()]) await each({ metrics: calls({}), days });
    await shift(jobs);
    expect(asked).toEqual([]);
    await clock.advance(HOUR);
    await shift(jobs);

    expect(asked).toEqual([{ begin_date: '2025-12-31', end_date: '2025-12-31' }]);
    expect(told('callback counted').map(({ reason, count }) => [reason, count])).toEqual([
      ['us', 63],
      ['wechat', 60],
      ['wechat_failed', 3],
    ]);
  });

  test('has nothing to compare after a day whose beginning no worker has seen', async () => {
    const { upkeep, jobs, shift, asked, clock } = setUp();
    const days = [
      { day: '2025-12-29', total: 7 },
      { day: '2026-01-01', total: 163 },
    ];

    await upkeep()({ metrics: calls({}), days });
    await clock.advance(2 * HOUR);
    await shift(jobs);

    expect(asked).toEqual([]);
  });
});
