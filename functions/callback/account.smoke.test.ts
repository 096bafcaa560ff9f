import path from 'node:path';
import { expect, test } from '@jest/globals';
import { faultsOf } from '../../scripts/testing/callback/smoke.ts';

const root = path.resolve(import.meta.dirname, '../..');
const account = path.join(import.meta.dirname, 'account.ts');

/** Holds for any account: whatever it does, no follower sees WeChat's fault notice. */
test('the account answers every sample event and message without a fault', async () => {
  const { sent, faults } = await faultsOf({ root, account });

  expect(faults).toEqual([]);
  expect(sent).toBeGreaterThan(50);
});
