import { expect, test } from '@jest/globals';
import { testStores } from '../../testing/store/test-stores.ts';
import { soakProxy } from './soak.ts';

test.each(await testStores())(
  'in %s, real processes keep to three rates together, and no client notices when one is killed',
  async (store) => {
    const soak = (seconds: number, killEveryMs: number) =>
      soakProxy({ seconds, instances: 8, seed: 7, store, killEveryMs });
    let report = await soak(6, 1_200);
    // Where others have the machine too, starts of instances take all of it, and nobody asks for more
    // than the slow client may: fewer are killed in a longer time.
    if (report.clients[0]?.refused === 0) report = await soak(40, 8_000);

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
