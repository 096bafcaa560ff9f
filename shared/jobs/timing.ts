const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far apart the clocks of two instances may be: a lease ends this much sooner for its holder. */
export const SKEW_MS = 2 * SECOND;
/** A worker extends a lease when this part of it has passed, so two extensions may fail. */
export const HEARTBEAT = 1 / 3;

export const DEFAULT_LEASE_MS = MINUTE;
/** One slow write to the store would end a lease that is shorter than this. */
export const SHORTEST_LEASE_MS = 10 * SECOND;
export const DEFAULT_MAX_ATTEMPTS = 5;
export const DEFAULT_BACKOFF = { firstMs: 2 * SECOND, lastMs: 10 * MINUTE } as const;

/** How many jobs one worker has under way at a time. */
export const DEFAULT_SLOTS = 10;
/** How many due jobs a worker reads at once. */
export const PAGE = 100;
/** A worker with jobs under way asks the store for more of them no sooner than this. */
export const POLL_GAP_MS = SECOND;
/** An idle worker waits this long for a job of its own that is due again. */
export const LINGER_MS = 10 * SECOND;
/** A timer starts another worker so long after the one before. */
export const NEXT_WORKER_MS = MINUTE;
/** A worker that cannot be woken within this is started by its timer. */
export const WAKE_LIMIT_MS = SECOND;

/** How long an ended job is kept, at least. For as long, a second job with its key is refused. */
export const KEPT_MS = { done: 7 * DAY, dropped: 7 * DAY, dead: 90 * DAY } as const;

/** The limit of a payload or a checkpoint as JSON; larger data belongs in documents of its own. */
export const MAX_JSON_BYTES = 64 * 1024;

export interface Margins {
  /** The worker takes no more jobs. */
  readonly takeMs: number;
  /** The worker asks running jobs to save and yield. */
  readonly hurryMs: number;
  /** The worker aborts running jobs. */
  readonly overMs: number;
  /** The worker leaves the jobs that still run. */
  readonly leaveMs: number;
}

/** How long before its end a worker does each of these, given the time that it has in all. */
export function marginsFor(budgetMs: number): Margins {
  return {
    takeMs: Math.min(15 * SECOND, budgetMs / 4),
    hurryMs: Math.min(10 * SECOND, budgetMs / 6),
    overMs: Math.min(4 * SECOND, budgetMs / 12),
    leaveMs: Math.min(1.5 * SECOND, budgetMs / 30),
  };
}
