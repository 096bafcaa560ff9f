import { randomUUID } from 'node:crypto';
import { transactionNotExist } from '../errors.ts';
import { TRANSACTION_LIFETIME_MS } from '../limits.ts';
import type { Document } from '../values.ts';
import type { Write } from './database.ts';
import type { Locks } from './locks.ts';

/** What a transaction saw at its start and what it has written since. */
export interface Transaction {
  readonly id: string;
  readonly snapshot: number;
  readonly startedAt: number;
  /** By collection and key; nobody else sees them before the commit. */
  readonly writes: Map<string, Map<string, Document | null>>;
}

export interface Transactions {
  begin(snapshot: number): Transaction;
  /** @throws ServiceError `DATABASE_TRANSACTION_FAIL` if it has ended or was never begun */
  get(id: string): Transaction;
  /** Takes its locks away and forgets it, whatever comes of its writes. */
  end(transaction: Transaction): void;
  /** Ends every transaction that is older than 30 seconds. */
  expire(): void;
  endAll(): void;
  oldestSnapshot(): number | undefined;
  readonly open: number;
}

export interface TransactionsOptions {
  readonly now: () => number;
  readonly locks: Locks;
  /** Called after one has ended. */
  readonly onEnd: () => void;
}

export function createTransactions({ now, locks, onEnd }: TransactionsOptions): Transactions {
  const open = new Map<string, Transaction>();

  return {
    begin(snapshot) {
      const transaction = { id: randomUUID(), snapshot, startedAt: now(), writes: new Map() };
      open.set(transaction.id, transaction);
      return transaction;
    },
    get(id) {
      const transaction = open.get(id);
      if (!transaction) throw transactionNotExist();
      return transaction;
    },
    end,
    expire() {
      for (const transaction of open.values()) {
        if (now() - transaction.startedAt >= TRANSACTION_LIFETIME_MS) end(transaction);
      }
    },
    endAll() {
      for (const transaction of open.values()) end(transaction);
    },
    oldestSnapshot() {
      const snapshots = [...open.values()].map(({ snapshot }) => snapshot);
      return snapshots.length === 0 ? undefined : Math.min(...snapshots);
    },
    get open() {
      return open.size;
    },
  };

  function end(transaction: Transaction) {
    if (!open.delete(transaction.id)) return;
    locks.releaseAll(transaction.id);
    onEnd();
  }
}

export function writesOf(transaction: Transaction): readonly Write[] {
  return [...transaction.writes].flatMap(([collection, writes]) =>
    [...writes].map(([key, document]) => ({ collection, key, document })),
  );
}
