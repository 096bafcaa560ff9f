import type { Queue } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { present } from '../kernel/present.ts';
import type { Store } from '../store/store.ts';
import { pageCollection, type Sync, syncCollection } from './sync-document.ts';
import { syncJob } from './sync-jobs.ts';

/** How far the full sync is, or how the last one ended. Times in ms since the epoch. */
export interface SyncStatus {
  readonly phase: Sync['phase'] | 'never';
  /** 0 to 1. */
  readonly progress: number;
  /** Whether no sync is under way. */
  readonly isOver: boolean;
  /** Pages of 10 000 followers that the sync has listed, and those not looked up yet. */
  readonly pages: number;
  readonly pagesLeft: number;
  readonly listed: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** When the last sync that came to its end was started: since then the copy is complete. */
  readonly completeSince?: number;
}

/** A sync that has not ended after this has died, and another may begin. */
const LONGEST_MS = 24 * 3_600_000;

export interface Syncs {
  /** Starts a full sync, unless one is under way. Returns the status of the sync that runs. */
  start(): Promise<SyncStatus>;
  status(): Promise<SyncStatus>;
}

export interface SyncsOptions {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
}

/** Nearly all the time goes into looking up who the listed followers are. */
function progressOf(phase: Sync['phase'], pages: number, pagesLeft: number): number {
  switch (phase) {
    case 'listing':
      return 0;
    case 'looking up':
      return pages === 0 ? 0 : Math.max(0, Math.round((90 * (pages - pagesLeft)) / pages) / 100);
    case 'blacklist':
      return 0.9;
    case 'tidying':
      return 0.95;
    case 'done':
      return 1;
  }
}

export function createSyncs({ store, queue, clock }: SyncsOptions): Syncs {
  async function status(): Promise<SyncStatus> {
    const stored = await store.get(syncCollection, 'sync');
    if (!stored)
      return { phase: 'never', progress: 0, isOver: true, pages: 0, pagesLeft: 0, listed: 0 };
    const { phase, pages, listed, startedAt, finishedAt, lastStartedAt } = stored.doc;
    const pagesLeft =
      phase === 'done' ? 0 : await store.count(pageCollection, { sync: { eq: startedAt } });
    return {
      phase,
      progress: progressOf(phase, pages, pagesLeft),
      isOver: phase === 'done',
      pages,
      pagesLeft,
      listed,
      startedAt,
      ...present({ finishedAt, completeSince: lastStartedAt }),
    };
  }

  return {
    status,
    async start() {
      await store.transaction(async (tx) => {
        const before = await tx.get(syncCollection, 'sync');
        const startedAt = clock.now();
        const isRunning =
          before && before.doc.phase !== 'done' && startedAt - before.doc.startedAt < LONGEST_MS;
        if (isRunning) return;
        const { lastStartedAt } = before?.doc ?? {};
        const sync: Sync = {
          _id: 'sync',
          startedAt,
          phase: 'listing',
          pages: 0,
          listed: 0,
          ...present({ lastStartedAt }),
        };
        await (before ? tx.replace(syncCollection, sync) : tx.create(syncCollection, sync));
        await queue.enqueueIn(tx, syncJob, { startedAt }, { key: String(startedAt) });
      });
      await queue.wakeWorker();
      return status();
    },
  };
}
