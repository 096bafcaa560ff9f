import { expect, test } from '@jest/globals';
import { soakProxy } from './soak.ts';

test('real processes keep to three rates together, and nobody notices when one is killed', async () => {
  const report = await soakProxy({ seconds: 8, instances: 8, seed: 7, killEveryMs: 1_500 });

  expect(report).toMatchObject({
    overshoot: 0,
    stretchOvershoot: 0,
    failedSafe: 0,
    leaks: 0,
    errors: [],
    ok: true,
  });
  expect(report.killed).toBeGreaterThan(2);
  for (const { granted, refused } of report.clients) {
    expect(granted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  }
}, 120_000);
