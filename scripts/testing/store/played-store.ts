import { createMemoryStore } from '../../../shared/store/memory.ts';
import { identifier } from '../../../shared/store/postgres/expressions.ts';
import { SCHEMA } from '../../../shared/store/postgres/statement.ts';
import type { TableSource } from '../../../shared/store/postgres/tables.ts';
import type { Store } from '../../../shared/store/store.ts';
import type { PostgresFixture } from './postgres-fixture.ts';

/** The store of a play in which each event is chosen: the next is chosen when nothing is under way. */
export interface PlayedStore {
  readonly store: Store;
  /**
   * Whether a play may stop inside a transaction: another that meets its lock must fail at once, not
   * wait for it in real time.
   */
  readonly mayStopInside: boolean;
  /** Until every operation has ended, and those that follow at once. */
  settled(): Promise<void>;
}

/** An empty store for the next play. */
export type OpenPlayedStore = (now: () => number) => Promise<PlayedStore>;

export const inMemory: OpenPlayedStore = async (now) => ({
  store: createMemoryStore({ now, pause: () => Promise.resolve() }),
  mayStopInside: true,
  settled: oneTurn,
});

/** The tables of one fixture, emptied before each play. */
export function onPostgres(
  { store: inner, query }: PostgresFixture,
  collections: readonly TableSource[],
): OpenPlayedStore {
  return async () => {
    for (const { name } of collections) await query(`DELETE FROM ${SCHEMA}.${identifier(name)}`);
    let underWay = 0;
    let wake = () => {};
    const counted =
      (operation: (...args: unknown[]) => Promise<unknown>) =>
      async (...args: unknown[]) => {
        underWay += 1;
        try {
          return await operation(...args);
        } finally {
          underWay -= 1;
          wake();
        }
      };
    const operations = Object.entries(inner).map(([name, operation]) => [name, counted(operation)]);
    return {
      store: Object.fromEntries(operations) as Store,
      mayStopInside: false,
      async settled() {
        for (await oneTurn(); underWay > 0; await oneTurn()) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    };
  };
}

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
