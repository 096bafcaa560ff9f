import type { Clock } from '../kernel/clock.ts';
import type { Eventual } from '../kernel/eventual.ts';
import type { Log } from '../kernel/log.ts';
import { waitAtMost } from '../kernel/time-limit.ts';

/**
 * An answer waits this long for the flush at most. A longer write goes on when the instance is
 * thawed.
 */
const FLUSH_WITHIN_MS = 300;

/** With less time than this left, the flush is not begun. */
const WORTH_MS = 50;

export interface FinishOptions {
  readonly flush: () => Promise<void>;
  /** An instance writes its metrics no more often than this. */
  readonly everyMs: number;
  /** Whether this instance uses the store already; if not, its first flush is put off by `everyMs`. */
  readonly hasStore?: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What is awaited at the end of each invocation, before the platform may freeze the process. It
 * writes the metrics when that is due, waits `withinMs` at most, and never fails. `isEnd`: the process
 * ends, so everything is written now.
 */
export type Finish = (withinMs?: number, isEnd?: boolean) => Eventual<void>;

export function createFinish(options: FinishOptions): Finish {
  const { flush, everyMs, hasStore = () => true, clock, log } = options;
  const startedAt = clock.now();
  let dueAt = Number.NEGATIVE_INFINITY;
  let isFlushing = false;

  return (withinMs = Number.POSITIVE_INFINITY, isEnd = false) => {
    const limitMs = isEnd ? withinMs : Math.min(withinMs, FLUSH_WITHIN_MS);
    // To load the SDK for nothing else would triple what the first answer of an instance costs.
    const isEarly = clock.now() < startedAt + everyMs && !hasStore();
    const isDue = isEnd ? hasStore() : !isEarly && clock.now() >= dueAt;
    if (isFlushing || !isDue || limitMs < WORTH_MS) return;
    dueAt = clock.now() + everyMs;
    isFlushing = true;
    return waitAtMost(clock, limitMs, write);
  };

  async function write(): Promise<void> {
    try {
      await flush();
    } catch (error) {
      log.warn('metrics not written', { error });
    } finally {
      isFlushing = false;
    }
  }
}
