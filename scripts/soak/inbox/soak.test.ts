import { expect, test } from '@jest/globals';
import { testServer } from '../../testing/store/postgres-server.ts';
import { soakInbox } from './soak.ts';

/** The tests share the machine with others, so the store may be told late of a few answers. */
const small = { messages: 120, instances: 8, seed: 7, kills: 0.03, unsettledPart: 0.05 };

test('messages to 8 processes that are killed: each handled once, each answered in one way', async () => {
  const report = await soakInbox({ ...small, store: 'cloudbase', serverKills: 0 });

  expect(report).toMatchObject({
    messages: 120,
    handlerRuns: 120,
    lost: 0,
    conflictingReplies: 0,
    faultNotices: 0,
    storeWritesPerMessage: 2,
    storeReadsPerMessage: 0,
    storeWritesPerIdempotentMessage: 1,
    storeReadsPerIdempotentMessage: 0,
    ok: true,
  });
  expect(report.costs.synchronous).toMatchObject({ writes: 1, reads: 0, transactions: 0 });
  expect(report.costs.pure).toMatchObject({ writes: 0, reads: 0, transactions: 0 });
  expect(report.deliveries).toBeGreaterThan(180);
  expect(report.killed).toBeGreaterThan(0);
  // Real processes on a machine that has other work, too.
});

test('HTTP functions, killed with all that they have in hand: the same', async () => {
  const report = await soakInbox({
    ...small,
    instances: 2,
    concurrency: 50,
    kills: 0.01,
    store: 'cloudbase',
    serverKills: 0,
  });

  expect(report).toMatchObject({
    messages: 120,
    handlerRuns: 120,
    lost: 0,
    conflictingReplies: 0,
    faultNotices: 0,
    killedThrice: 0,
    storeWritesPerMessage: 2,
    ok: true,
  });
  expect(report.killed).toBeGreaterThan(0);
  // Not one message each, as an event function has.
  expect(report.inHand).toBeGreaterThan(2 * report.killed);
});

const onServer = (await testServer()) === undefined ? test.skip : test;
onServer(
  'on PostgreSQL, whose server is killed, cut off and exhausted meanwhile, it is the same',
  async () => {
    const report = await soakInbox({ ...small, store: 'postgres', serverKills: 3 });

    expect(report).toMatchObject({
      messages: 120,
      handlerRuns: 120,
      lost: 0,
      conflictingReplies: 0,
      faultNotices: 0,
      serverKills: 3,
      serverTroubles: 3,
      storeWritesPerMessage: 2,
      storeReadsPerMessage: 0,
      ok: true,
    });
  },
);

test.each([
  ['wechat-container', { instances: 2, concurrency: 10, kills: 0.02 }],
  ['wechat-function', { instances: 4, kills: 0.03 }],
] as const)('inside WeChat Cloud, as %s: the same', async (home, options) => {
  const report = await soakInbox({
    ...small,
    ...options,
    home,
    store: 'cloudbase',
    serverKills: 0,
  });

  expect(report).toMatchObject({
    home,
    messages: 120,
    handlerRuns: 120,
    lost: 0,
    conflictingReplies: 0,
    faultNotices: 0,
    storeWritesPerMessage: 2,
    storeReadsPerMessage: 0,
    ok: true,
  });
  expect(report.killed).toBeGreaterThan(0);
});
