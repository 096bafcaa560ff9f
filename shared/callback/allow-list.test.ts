import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { silentLog, watched } from '../../scripts/testing/jobs/job-fixture.ts';
import { createQueue, createWorker } from '../jobs/index.ts';
import { createLog } from '../kernel/log.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createAllowList } from './allow-list.ts';
import { createAllowListUpkeep } from './allow-list-job.ts';

const HOUR = 3_600_000;

/** The worker that asks WeChat, and an instance of the callback. */
function setUp(
  addresses: readonly string[] = ['101.226.62.77', '101.226.103.0/25', '2402:4e00::/32'],
) {
  const clock = createFakeClock();
  const { store, counts, fails } = watched(createMemoryStore({ now: clock.now }));
  const named = [...addresses];
  const { api, requests } = createFakeWechat({
    '/cgi-bin/getcallbackip': () => ({ ip_list: [...named] }),
  });
  const queue = createQueue({ store, clock, log: silentLog, wakeWorker: async () => {} });
  const config = { appid: 'wx0123456789abcdef', callbackAllowList: 'on' } as const;
  const now = () => clock.now();
  const upkeep = () => createAllowListUpkeep({ config, store, queue, api, now });
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now });
  return {
    clock,
    counts,
    fails,
    named,
    requests,
    lines,
    list: createAllowList({ store, clock, log, appid: config.appid }),
    upkeep,
    /** One tick of the worker's timer. */
    async tick(one = upkeep()) {
      await one.tick();
      const world = { store, clock, random: () => 0, log: silentLog };
      await createWorker({ ...world, jobs: [one.job] }).work({ untilMs: clock.now() + 60_000 });
    },
  };
}

test('what WeChat names is asked once a day, over all instances, and kept', async () => {
  const { clock, tick, requests, upkeep } = setUp();
  const warm = upkeep();

  await tick(warm);
  await tick(warm);
  await tick();
  expect(requests).toHaveLength(1);

  await clock.advance(24 * HOUR);
  await tick(warm);
  expect(requests).toHaveLength(2);
});

test.each([
  ['101.226.62.77', true],
  ['101.226.103.126', true],
  ['2402:4e00::1', true],
  ['101.226.62.78', false],
  ['101.226.103.200', false],
  ['2402:4e01::1', false],
])('%s is admitted: %s', async (address, isAdmitted) => {
  const { list, tick } = setUp();
  await tick();

  expect(await list.admits(address)).toBe(isAdmitted);
});

test('one read serves an instance for ten minutes', async () => {
  const { list, tick, counts, clock } = setUp();
  await tick();
  const before = counts.reads;

  for (let n = 0; n < 20; n += 1) await list.admits('101.226.62.77');
  expect(counts.reads - before).toBe(1);
  await clock.advance(10 * 60_000);
  await list.admits('101.226.62.77');

  expect(counts.reads - before).toBe(2);
});

test('an address that was named since is admitted within a minute', async () => {
  const { list, tick, named, clock } = setUp();
  await tick();
  expect(await list.admits('1.2.3.4')).toBe(false);
  named.push('1.2.3.4');
  await clock.advance(24 * HOUR);
  await tick();

  expect(await list.admits('1.2.3.4')).toBe(true);
});

describe('everybody is admitted, and the log says so', () => {
  test('before there is a list', async () => {
    const { list, lines } = setUp();

    expect(await list.admits('1.2.3.4')).toBe(true);
    expect(lines.join()).toContain('no list');
  });

  test('while the store is down, unless the list is known', async () => {
    const { list, tick, fails, clock, lines } = setUp();
    await tick();
    fails.reads = new Error('down');
    expect(await list.admits('1.2.3.4')).toBe(true);
    delete fails.reads;
    await clock.advance(60_000);
    expect(await list.admits('1.2.3.4')).toBe(false);
    fails.reads = new Error('down');
    await clock.advance(60_000);

    expect(await list.admits('1.2.3.4')).toBe(false);
    expect(lines.join()).toContain('allow list not read');
  });

  test('when it could not be refreshed for three days', async () => {
    const { list, tick, clock, lines } = setUp();
    await tick();
    await clock.advance(73 * HOUR);

    expect(await list.admits('1.2.3.4')).toBe(true);
    expect(lines.join()).toContain('list too old');
  });
});

test.each([undefined, '', 'unknown', '1.2.3', '101.226.62.77, 6.6.6.6', '6.6.6.6,101.226.62.77'])(
  'nobody is admitted when the platform says of the caller: %p',
  async (address) => {
    const { list, tick } = setUp();
    expect(await list.admits(address)).toBe(false);
    await tick();

    expect(await list.admits(address)).toBe(false);
  },
);

test('an entry of the list that cannot be read is left out', async () => {
  const { list, tick } = setUp(['nonsense', '1.2.3.0/99', '1.2.3.4']);
  await tick();

  expect(await list.admits('1.2.3.4')).toBe(true);
  expect(await list.admits('1.2.3.5')).toBe(false);
});
