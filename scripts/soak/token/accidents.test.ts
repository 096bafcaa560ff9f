import { describe, expect, test } from '@jest/globals';
import { atOnce } from '../../testing/at-once.ts';
import { testStores } from '../../testing/store/test-stores.ts';
import { scenarios } from './scenarios.ts';
import { soakTokens } from './soak.ts';

const stores = await testStores();
const accidents = scenarios.filter(({ accident }) => accident);
const runs = stores.flatMap((store) => accidents.map((scenario) => ({ store, scenario })));
const soak = atOnce(runs, ({ store, scenario }) =>
  soakTokens({ instances: 8, seed: 7, store, faults: 0, scenarios: [scenario] }),
);

/** What comes of one accident on one store. */
async function reportOf(store: string, accident: 'killed' | 'frozen') {
  const run = runs.find((each) => each.store === store && each.scenario.accident === accident);
  if (!run) throw new Error(`No scenario has a holder that is ${accident}.`);
  return soak(run);
}

describe.each(stores)('the holder of the lease of a token in %s', (store) => {
  test('that is killed costs one lease', async () => {
    const report = await reportOf(store, 'killed');

    expect(report.scenarios).toMatchObject([{ calls: 7, killed: 1, failed: 0, fetches: 2 }]);
    expect(report).toMatchObject({ staleTokensServed: 0, leaks: 0, ok: true });
  });

  test('that is frozen costs one lease, and its late write does not land', async () => {
    const report = await reportOf(store, 'frozen');

    expect(report.scenarios).toMatchObject([
      { calls: 8, killed: 0, failed: 0, fetches: 2, lateWrites: 0 },
    ]);
    expect(report).toMatchObject({ staleTokensServed: 0, leaks: 0, ok: true });
  });
});
