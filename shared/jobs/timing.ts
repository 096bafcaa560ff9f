const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far apart the clocks of two instances may be: a lease is over for its holder this much sooner. */
export const SKEW_MS = 2 * SECOND;
/** A lease is extended when this part of it has gone, so two extensions may fail. */
export const HEARTBEAT = 1 / 3;

export const DEFAULT_LEASE_MS = MINUTE;
/** Shorter than this, one slow write to the store would end it. */
export const SHORTEST_LEASE_MS = 10 * SECOND;
export const DEFAULT_MAX_ATTEMPTS = 5;
export const DEFAULT_BACKOFF = { firstMs: 2 * SECOND, lastMs: 10 * MINUTE } as const;

/** How many jobs one worker has under way at a time. */
export const DEFAULT_SLOTS = 10;
/** How many due jobs a worker reads at once. */
export const PAGE = 100;
/** With jobs under way, the store is not asked for more of them sooner than this. */
export const POLL_GAP_MS = SECOND;
/** An idle worker waits this long for a job of its own that is due again. */
export const LINGER_MS = 10 * SECOND;
/** A kick that takes longer is given up: the timer does without it. */
export const KICK_LIMIT_MS = SECOND;

/** How long an ended job is kept; its key refuses a second one for as long. */
export const KEPT_MS = { done: 7 * DAY, dropped: 7 * DAY, dead: 90 * DAY } as const;

/** What a job may say of itself, as JSON; more belongs into documents of its own. */
export const MAX_JSON_BYTES = 64 * 1024;

export interface Margins {
  /** No job is taken any more. */
  readonly takeMs: number;
  /** Running jobs are asked to save and yield. */
  readonly hurryMs: number;
  /** Running jobs are aborted. */
  readonly overMs: number;
  /** What still runs is left behind. */
  readonly leaveMs: number;
}

/** How long before its end a worker does what, given the time that it has. */
export function marginsFor(budgetMs: number): Margins {
  return {
    takeMs: Math.min(15 * SECOND, budgetMs / 4),
    hurryMs: Math.min(10 * SECOND, budgetMs / 6),
    overMs: Math.min(4 * SECOND, budgetMs / 12),
    leaveMs: Math.min(1.5 * SECOND, budgetMs / 30),
  };
}
