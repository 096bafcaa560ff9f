import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { KICK_LIMIT_MS } from './timing.ts';

/** Starts a worker in an instance of its own, without waiting for its work. */
export interface Kick {
  kick(): Promise<void>;
}

/**
 * A kick that neither fails nor takes longer than a second. If it is lost, the worker's timer starts
 * a worker within a minute.
 */
export function boundedKick(
  kick: Kick,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Kick {
  return {
    async kick() {
      try {
        await withinTime(clock, KICK_LIMIT_MS, () => kick.kick());
      } catch (error) {
        log.warn('kick lost', { error });
      }
    },
  };
}
