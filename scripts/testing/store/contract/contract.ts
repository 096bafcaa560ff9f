import { afterAll, beforeAll } from '@jest/globals';
import { documentsContract } from './documents.ts';
import type { Bench } from './fixtures.ts';
import { queriesContract } from './queries.ts';
import { transactionsContract } from './transactions.ts';
import { valuesContract } from './values.ts';

/** The contract that every driver is tested by. `runs` is for the property over values. */
export function storeContract(open: () => Promise<Bench>, runs: number): void {
  let bench: Bench;
  const current = () => bench.store;
  beforeAll(async () => {
    bench = await open();
  });
  afterAll(async () => bench.close?.());

  documentsContract(current);
  queriesContract(current);
  valuesContract(current, runs);
  transactionsContract(current);
}
