import { afterAll, beforeAll } from '@jest/globals';
import { documentsContract } from './documents.ts';
import { expiryContract } from './expiry.ts';
import type { Fixture } from './fixtures.ts';
import { queriesContract } from './queries.ts';
import { transactionsContract } from './transactions.ts';
import { valuesContract } from './values.ts';

/** The contract that every driver is tested by. `runs` is for the property over values. */
export function storeContract(open: () => Promise<Fixture>, runs: number): void {
  let fixture: Fixture;
  const current = () => fixture.store;
  beforeAll(async () => {
    fixture = await open();
  });
  afterAll(async () => fixture.close?.());

  documentsContract(current);
  queriesContract(current);
  expiryContract(current);
  valuesContract(current, runs);
  transactionsContract(current);
}
