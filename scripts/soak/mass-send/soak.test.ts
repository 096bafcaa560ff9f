import { expect, test } from '@jest/globals';
import { atOnce } from '../../testing/at-once.ts';
import { testStores } from '../../testing/store/test-stores.ts';
import { soakMassSend } from './soak.ts';

const stores = await testStores();
const reportIn = atOnce(stores, (store) =>
  soakMassSend({ followers: 2_001, kills: 6, seed: 3, store }),
);

test.each(stores)(
  'in %s, 2001 followers get it once, none twice, though all workers are killed six times',
  async (store) => {
    const report = await reportIn(store);

    expect(report).toMatchObject({
      ok: true,
      followers: 2_001,
      received: 2_001,
      receivedTwice: 0,
      missing: 0,
      kills: 6,
    });
    expect(report.storeOpsPerFollower).toBeLessThan(1);
    expect(Object.keys(report.peakRssMB)).toEqual(
      expect.arrayContaining(['callback', 'followers', 'mass-send', 'worker']),
    );
  },
);
