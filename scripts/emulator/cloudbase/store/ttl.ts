import { TTL_MONITOR_MS } from '../limits.ts';
import type { Collection } from './collection.ts';
import type { Database } from './database.ts';
import { type IndexSpec, valueAt } from './index-keys.ts';
import { documentLock, type Locks } from './locks.ts';

/** Removes expired documents, once a minute at most, as MongoDB's monitor does. */
export interface TtlMonitor {
  run(): void;
}

export interface TtlOptions {
  readonly database: Database;
  readonly locks: Locks;
  readonly now: () => number;
}

export function createTtlMonitor({ database, locks, now }: TtlOptions): TtlMonitor {
  let lastRun = now();
  return {
    run() {
      if (Math.abs(now() - lastRun) < TTL_MONITOR_MS) return;
      lastRun = now();
      for (const collection of database.collections.values()) {
        for (const index of collection.indexes) removeExpired(collection, index);
      }
    },
  };

  function removeExpired(collection: Collection, { fields, expireAfterSeconds }: IndexSpec) {
    const field = fields[0]?.name;
    if (expireAfterSeconds === undefined || field === undefined) return;
    const limit = now() - expireAfterSeconds * 1000;
    const writes = [...collection.scan()]
      .filter(([key]) => locks.holder(documentLock(collection.name, key)) === undefined)
      .filter(([, document]) => {
        const value = valueAt(document, field);
        // Only dates expire; a number that looks like one does not.
        return value instanceof Date && value.getTime() <= limit;
      })
      .map(([key]) => ({ collection: collection.name, key, document: null }));
    database.commit(writes);
  }
}
