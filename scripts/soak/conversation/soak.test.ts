import { expect, test } from '@jest/globals';
import { soakConversation } from './soak.ts';

test('slow answers with a memory, while processes are killed: each once, whole and in order', async () => {
  const report = await soakConversation({
    messages: 40,
    instances: 2,
    seed: 5,
    kills: 0.08,
    thinkMs: 9_000,
    store: 'cloudbase',
    concurrency: 25,
  });

  // On a busy machine WeChat may be answered too late, which the soak by hand counts as well.
  expect(report).toMatchObject({
    messages: 40,
    handlerStarts: 40,
    lost: 0,
    doubled: 0,
    outOfOrder: 0,
    sessionUpdatesLost: 0,
  });
  expect(report.killed).toBeGreaterThan(0);
  expect(report.ways.whileAskedAgain).toBeGreaterThan(0);
  // Beside other tests; a lost answer alone is waited for during 240 s, to be told of then.
}, 600_000);
