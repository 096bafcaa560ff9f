import { type Attempt, createAttempt, type Seen } from './attempt.ts';
import { type Ask, failure, reasonOf, type Task } from './failure.ts';
import { wasWritten } from './history.ts';
import type { Link, LinkTransaction, Stamps } from './link.ts';
import { type Pace, repeat } from './repeat.ts';
import type { Transaction } from './store.ts';

export interface TransactionOptions {
  readonly link: () => Promise<Link>;
  readonly ask: Ask;
  readonly stamps: Stamps;
  readonly pace: Pace;
}

const ABANDON_TRIES = 6;

const task: Task = { operation: 'finish a transaction' };
const beginning: Task = { operation: 'begin a transaction', isHarmless: true };
const ending: Task = { operation: 'end a transaction', isHarmless: true };
const touching: Task = { operation: 'hold what a transaction has read', isHarmless: true };

/** Runs `work` on a transaction until one commits; see `Store.transaction`. */
export async function runTransaction<R>(
  options: TransactionOptions,
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  const { pace } = options;
  let duplicates = 0;
  return repeat(pace, task, async () => {
    try {
      return await runOnce(options, work);
    } catch (error) {
      if (reasonOf(error) !== 'duplicate') throw error;
      duplicates += 1;
      // Another writer was quicker; the next run of `work` reads what that one wrote.
      throw duplicates > 1 ? error : failure('conflict', task);
    }
  });
}

async function runOnce<R>(
  options: TransactionOptions,
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  const { ask, stamps } = options;
  const link = await options.link();
  const writeId = stamps.writeId();
  const server = await begin(link, ask);
  const attempt = createAttempt(server, ask, stamps, writeId);
  let result: R;
  try {
    result = await runWork(attempt, work);
    await holdReads(attempt.seen(), server, ask, writeId);
  } catch (error) {
    if (!isOver(error)) await abandon(server, options);
    throw error;
  }
  const written = attempt.seen().filter(({ isWritten }) => isWritten);
  if (written.length === 0) {
    await abandon(server, options);
    return result;
  }
  try {
    await ask({ operation: 'commit a transaction' }, () => server.commit());
  } catch (error) {
    if (isOver(error)) throw error;
    if (!isUnknown(error)) {
      await abandon(server, options);
      throw error;
    }
    if (!(await wasCommitted(options, link, server, written, writeId))) {
      throw failure('connection', { ...task, isHarmless: true }, error);
    }
  }
  return result;
}

/** A beginning that comes when nobody waits for it any more is ended at once. */
async function begin(link: Link, ask: Ask): Promise<LinkTransaction> {
  let isAwaited = true;
  try {
    return await ask(beginning, async () => {
      const server = await link.begin();
      if (!isAwaited) await server.abort();
      return server;
    });
  } finally {
    isAwaited = false;
  }
}

/**
 * Gives what `work` gives. A failed operation fails the transaction, even if `work` caught the
 * error.
 */
async function runWork<R>(attempt: Attempt, work: (tx: Transaction) => Promise<R>): Promise<R> {
  try {
    return await work(attempt.tx);
  } finally {
    await attempt.close();
  }
}

/**
 * Holds what was only read. With snapshots alone, another transaction could change it until the
 * commit.
 */
async function holdReads(
  seen: readonly Seen[],
  server: LinkTransaction,
  ask: Ask,
  mark: string,
): Promise<void> {
  if (!seen.some(({ isWritten }) => isWritten)) return;
  for (const { collection, id, base, isWritten } of seen) {
    if (base && !isWritten) await ask(touching, () => server.touch(collection, id, mark));
  }
}

/**
 * Releases the locks. It is worth some tries: until the server does it by itself, after 30 seconds, no
 * instance can write the documents that the transaction has written.
 */
async function abandon(server: LinkTransaction, { ask, pace }: TransactionOptions): Promise<void> {
  try {
    const brief = { ...pace, budgetMs: pace.budgetMs / 4, maxTries: ABANDON_TRIES };
    await repeat(brief, ending, () => isAbortedNow(server, ask));
  } catch (error) {
    if (reasonOf(error) === undefined) throw error;
  }
}

/** Whether the server has ended the transaction itself. */
function isOver(error: unknown): boolean {
  const reason = reasonOf(error);
  return reason === 'conflict' || reason === 'ended';
}

function isUnknown(error: unknown): boolean {
  const reason = reasonOf(error);
  return reason === 'connection' || reason === 'time_limit' || reason === 'service';
}

/**
 * Finds out whether a commit without an answer was carried out. First the server must have ended the
 * transaction, or the commit could still arrive; then the documents tell.
 *
 * @throws AppError `upstream`, outcome `unknown`, if the documents do not tell
 */
async function wasCommitted(
  { ask, pace }: TransactionOptions,
  link: Link,
  server: LinkTransaction,
  written: readonly Seen[],
  writeId: string,
): Promise<boolean> {
  try {
    const told = server.outcome;
    const outcome = told && (await repeat(pace, ending, () => ask(ending, () => told())));
    if (outcome === 'aborted') return false;
    const isAborted = !outcome && (await repeat(pace, ending, () => isAbortedNow(server, ask)));
    for (const { collection, id, base, current } of written) {
      const reading: Task = { operation: 'read', collection: collection.name, isHarmless: true };
      const now = await repeat(pace, reading, () => ask(reading, () => link.get(collection, id)));
      if (!current && base && now?._rev === base._rev) return false;
      const verdict = current && wasWritten(now, base?._rev, writeId);
      if (verdict !== undefined) return verdict;
    }
    if (isAborted) return false;
    if (outcome === 'committed') return true;
  } catch (error) {
    throw failure('undecided', task, error);
  }
  throw failure('undecided', task);
}

/** `false` if the server had ended the transaction already, committed or not. */
async function isAbortedNow(server: LinkTransaction, ask: Ask): Promise<boolean> {
  try {
    await ask(ending, () => server.abort());
    return true;
  } catch (error) {
    if (isOver(error)) return false;
    throw error;
  }
}
