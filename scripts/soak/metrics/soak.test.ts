import path from 'node:path';
import { expect, test } from '@jest/globals';
import { testStores } from '../../testing/store/test-stores.ts';
import { soakMetrics } from './soak.ts';

const stores = await testStores();
const root = path.resolve(import.meta.dirname, '../../..');
const small = { root, instances: 6, messages: 120, freezes: 4, faults: 0.2, seed: 7 };

test.each(stores)(
  'in %s, with instances frozen and folded, and answers of the store lost, every sum is exact',
  async (store) => {
    const report = await soakMetrics({ ...small, store, name: 'frozen', kills: 0 });

    expect(report.counted).toEqual(report.happened);
    expect(report.happened.answers).toBeGreaterThanOrEqual(120);
    expect(report.folded).toBeGreaterThan(0);
    expect(report.storeFaults).toBeGreaterThan(0);
  },
);

test.each(stores)(
  'in %s, what the killed had not written is missing, and nothing else',
  async (store) => {
    const report = await soakMetrics({ ...small, store, name: 'killed', kills: 4 });

    expect(report).toMatchObject({ ok: true });
    expect(report.counted.answers).toBeGreaterThan(report.happened.answers / 2);
  },
);
