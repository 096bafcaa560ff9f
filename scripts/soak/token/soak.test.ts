import { describe, expect, test } from '@jest/globals';
import { testStores } from '../../testing/store/test-stores.ts';
import { scenarios } from './scenarios.ts';
import { soakTokens } from './soak.ts';

const races = scenarios.filter(({ accident }) => !accident);

describe.each(await testStores())('real processes that race for a token in %s', (store) => {
  test('32 of them fetch it once: expired, revoked, classic, a quarter of the store failing', async () => {
    const report = await soakTokens({
      instances: 32,
      seed: 7,
      store,
      faults: 0.25,
      scenarios: races,
    });

    for (const scenario of report.scenarios) {
      expect(scenario).toMatchObject({
        calls: 32,
        failed: 0,
        fetches: 1,
        staleTokensServed: 0,
        errors: [],
      });
    }
    expect(report.scenarios).toHaveLength(races.length);
    expect(report).toMatchObject({ leaks: 0, ok: true });
    expect(report.waits).toBeGreaterThan(0);
    expect(report.storeFaults).toBeGreaterThan(10);
  });
});
