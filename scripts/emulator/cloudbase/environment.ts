import path from 'node:path';
import type { Clock } from './clock.ts';
import type { Settings } from './settings.ts';
import { createDiskFiles, createMemoryFiles, type Files } from './storage/files.ts';
import { createDatabase, type Database, type LogRecord } from './store/database.ts';
import { createLocks } from './store/locks.ts';
import { noLog, readLog, rewriteLog } from './store/log.ts';
import { createLatestSession, createTransactionSession, type Session } from './store/session.ts';
import { createTransactions, type Transactions } from './store/transactions.ts';
import { createTtlMonitor } from './store/ttl.ts';

/** One environment: its data, its open transactions, its files. */
export interface Environment {
  readonly envId: string;
  readonly database: Database;
  readonly transactions: Transactions;
  readonly files: Files;
  /** The latest data, or what the transaction sees; it throws if that has ended. */
  session(transactionId: string | undefined): Session;
  /** Does what has come due: expires transactions and documents, lets waiting writes look again. */
  tick(): void;
  /** Aborts what is open and closes the log. */
  close(): void;
}

export interface EnvironmentOptions {
  readonly envId: string;
  readonly stateDir: string | undefined;
  readonly clock: Clock;
  readonly settings: Settings;
}

export function createEnvironment(options: EnvironmentOptions): Environment {
  const { envId, stateDir, clock, settings } = options;
  const locks = createLocks();
  const transactions: Transactions = createTransactions({
    now: clock.now,
    locks,
    onEnd: () => database.vacuum(),
  });
  const directory = stateDir === undefined ? undefined : path.join(stateDir, envId);
  const file = directory === undefined ? undefined : path.join(directory, 'data.jsonl');
  let log = noLog;
  const database = createDatabase({
    records: file === undefined ? [] : (readLog(file) as readonly LogRecord[]),
    openLog: (compacted) => {
      if (file !== undefined) log = rewriteLog(file, compacted);
      return log;
    },
    oldestSnapshot: transactions.oldestSnapshot,
  });
  const files =
    directory === undefined ? createMemoryFiles() : createDiskFiles(path.join(directory, 'files'));
  const duplicates = () => settings.duplicates;
  const world = { database, locks, transactions, now: clock.now, duplicates };
  const latest = createLatestSession(world);
  const ttl = createTtlMonitor({ database, locks, now: clock.now });

  return {
    envId,
    database,
    transactions,
    files,
    session(transactionId) {
      if (transactionId === undefined) return latest;
      return createTransactionSession(world, transactions.get(transactionId));
    },
    tick() {
      transactions.expire();
      ttl.run();
      locks.nudge();
    },
    close() {
      transactions.endAll();
      log.close();
    },
  };
}
