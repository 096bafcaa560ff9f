import { expect, test } from '@jest/globals';
import { testStores } from '../../testing/store/test-stores.ts';
import { soakProxy } from './soak.ts';

test.each(await testStores())(
  'in %s, real processes keep to three rates together, and no client notices when one is killed',
  async (store) => {
    const soak = (seconds: number) =>
      soakProxy({ seconds, instances: 8, seed: 7, store, killEveryMs: 1_200 });
    let report = await soak(6);
    // A machine that has other work too may need longer to ask for more than the slow client may.
    if (report.clients[0]?.refused === 0) report = await soak(30);

    expect(report).toMatchObject({
      overshoot: 0,
      stretchOvershoot: 0,
      failedSafe: 0,
      leaks: 0,
      errors: [],
      ok: true,
    });
    expect(report.killed).toBeGreaterThan(2);
    for (const { granted } of report.clients) expect(granted).toBeGreaterThan(0);
    // A busy machine does not even come to the rate of the fast one.
    expect(report.clients[0]).toMatchObject({ id: 'slow' });
    expect(report.clients[0]?.refused).toBeGreaterThan(0);
  },
);
