import * as v from 'valibot';
import {
  again,
  defineJob,
  type Job,
  type JobContext,
  type JobKind,
  type Queue,
} from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { BLOCK_SIZE } from './block.ts';
import type { Book } from './book.ts';
import { createRefresh } from './refresh.ts';
import { pageCollection, type Sync, syncCollection } from './sync-document.ts';
import { createTidying } from './tidy.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** How many openids WeChat lists at once. */
const PAGE_SIZE = 10_000;
/** How many pages all workers together look up at the same time. */
const PAGES_AT_ONCE = 4;
/** How often the job of a page saves how far it is; a crash repeats the chunks since then. */
const CHUNKS_PER_CHECKPOINT = 5;
/** How often the sync looks whether all pages are done. */
const POLL_MS = 2_000;

const syncPayload = v.strictObject({ startedAt: v.number() });
const syncCheckpoint = v.strictObject({
  pages: v.number(),
  listed: v.number(),
  /** The last openid that was listed, or the last block that was tidied. */
  cursor: v.string(),
  phase: v.picklist(['listing', 'looking up', 'blacklist', 'tidying']),
});
type Checkpoint = v.InferOutput<typeof syncCheckpoint>;
const pagePayload = v.strictObject({ page: v.string() });
const pageCheckpoint = v.strictObject({ done: v.number() });

/** Reads the whole list of followers, page by page. */
export const syncJob: JobKind<v.InferOutput<typeof syncPayload>, 'followers-sync'> = {
  kind: 'followers-sync',
  payload: syncPayload,
};
/** Looks up the followers of one page. */
export const pageJob: JobKind<v.InferOutput<typeof pagePayload>, 'followers-page'> = {
  kind: 'followers-page',
  payload: pagePayload,
};

export interface SyncJobOptions {
  readonly api: Pick<Api, 'user' | 'blacklist'>;
  readonly book: Book;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
}

/** The two kinds of jobs that make up a full sync. */
export function createSyncJobs(
  options: SyncJobOptions,
): readonly Job<'followers-sync' | 'followers-page'>[] {
  const { api, store, queue, clock } = options;
  const refresh = createRefresh(options);
  const tidying = createTidying(options);

  const lookUp = defineJob({
    ...pageJob,
    checkpoint: pageCheckpoint,
    concurrency: PAGES_AT_ONCE,
    priority: 'low',
    leaseMs: 15_000,
    maxAttempts: 10,
    async run({ checkpoint, hurry, signal, assertHeld, save }, { page }) {
      const stored = await store.get(pageCollection, page);
      if (!stored) return undefined;
      const { openids } = stored.doc;
      let { done } = checkpoint ?? { done: 0 };
      for (let chunk = 1; done < openids.length; chunk += 1) {
        if (hurry.aborted) return again({ checkpoint: { done } });
        assertHeld();
        await refresh(openids.slice(done, done + BLOCK_SIZE), signal);
        done += BLOCK_SIZE;
        if (chunk % CHUNKS_PER_CHECKPOINT === 0) await save({ done });
      }
      await store.remove(pageCollection, page);
      return undefined;
    },
  });

  const sync = defineJob({
    ...syncJob,
    checkpoint: syncCheckpoint,
    concurrency: 1,
    priority: 'low',
    leaseMs: 15_000,
    maxAttempts: 10,
    async run(ctx, { startedAt }) {
      const start: Checkpoint = { pages: 0, listed: 0, cursor: '', phase: 'listing' };
      let at = ctx.checkpoint ?? start;
      if (at.phase === 'listing') {
        const listed = await list(ctx, startedAt, at);
        if (!listed) return again();
        at = listed;
      }
      if (at.phase === 'looking up') {
        if (clock.now() - startedAt > DAY_MS) throw tooLong();
        const pages = await store.count(pageCollection, { sync: { eq: startedAt } });
        if (pages > 0) return again({ afterMs: POLL_MS });
        at = await go(ctx, startedAt, { ...at, phase: 'blacklist' });
      }
      if (at.phase === 'blacklist') {
        await tidying.markBlocked(startedAt, ctx.signal);
        at = await go(ctx, startedAt, { ...at, cursor: '', phase: 'tidying' });
      }
      const end = await tidying.sweep(startedAt, at.cursor, ctx.hurry);
      if (end !== undefined) return again({ checkpoint: { ...at, cursor: end } });
      await tell(startedAt, { phase: 'done', finishedAt: clock.now(), lastStartedAt: startedAt });
      return undefined;
    },
  });
  return [sync, lookUp];

  /** Lists the pages that are left; `undefined` if there was no time for all of them. */
  async function list(
    { hurry, signal, save }: JobContext<Checkpoint>,
    startedAt: number,
    from: Checkpoint,
  ): Promise<Checkpoint | undefined> {
    let at = from;
    while (at.phase === 'listing') {
      if (hurry.aborted) return undefined;
      const page = await api.user.list(at.cursor === '' ? {} : { next_openid: at.cursor }, {
        signal,
      });
      const openids = page.data?.openid ?? [];
      const listed = at.listed + openids.length;
      // The page after the last one would be empty, and is not asked for.
      const isLast = openids.length < PAGE_SIZE || listed >= (page.total ?? Infinity);
      const id = `${startedAt}.${at.pages}`;
      const removeAt = new Date(clock.now() + 2 * DAY_MS);
      at = {
        pages: at.pages + (openids.length > 0 ? 1 : 0),
        listed,
        cursor: openids.at(-1) ?? '',
        phase: isLast ? 'looking up' : 'listing',
      };
      // In one transaction: after a crash WeChat may end this page at another follower.
      await save(at, async (tx) => {
        if (openids.length === 0) return;
        await tx.create(pageCollection, { _id: id, sync: startedAt, openids, removeAt });
        await queue.enqueueIn(tx, pageJob, { page: id }, { key: id });
      });
      await queue.wakeWorker();
      await tell(startedAt, { phase: at.phase, pages: at.pages, listed: at.listed });
    }
    return at;
  }

  async function go(
    { save }: JobContext<Checkpoint>,
    startedAt: number,
    at: Checkpoint,
  ): Promise<Checkpoint> {
    await save(at);
    await tell(startedAt, { phase: at.phase });
    return at;
  }

  /** Notes how far the sync is, for operators, unless a later sync has the document. */
  async function tell(startedAt: number, change: Partial<Sync>): Promise<void> {
    const stored = await store.get(syncCollection, 'sync');
    if (stored?.doc.startedAt !== startedAt) return;
    await store.replaceIf(syncCollection, { ...stored.doc, ...change }, stored.rev);
  }
}

function tooLong(): AppError {
  return new AppError(
    'timeout',
    'The sync has waited a day for its pages. Look at `worker list` for dead jobs of the kind followers-page, and start the sync again.',
    { details: { isFinal: true } },
  );
}
