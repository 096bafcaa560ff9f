import { expect, test } from '@jest/globals';
import { soakInbox } from './soak.ts';

test('messages to 8 processes that are killed: each handled once, each answered in one way', async () => {
  const report = await soakInbox({ messages: 250, instances: 8, seed: 7, kills: 0.02 });

  expect(report).toMatchObject({
    messages: 250,
    handlerRuns: 250,
    lost: 0,
    conflictingReplies: 0,
    faultNotices: 0,
    storeWritesPerMessage: 2,
    storeReadsPerMessage: 0,
    storeWritesPerIdempotentMessage: 1,
    storeReadsPerIdempotentMessage: 0,
    ok: true,
  });
  expect(report.deliveries).toBeGreaterThan(400);
  expect(report.killed).toBeGreaterThan(0);
  // Real processes on a machine that has other work, too.
}, 300_000);
