import type { Gate } from './collections.ts';
import { slotRefusal, tidied } from './gate.ts';
import type { Limits } from './limits.ts';

/** What is left of the allowances. */
export interface Quota {
  readonly callsToday: number;
  readonly callsLeftToday: number;
  readonly broadcastsThisMonth: number;
  /** The rules for each follower. */
  readonly perDay: number;
  readonly perMonth: number;
  /** When the next broadcast may start, if nothing else is in the way. */
  readonly nextStart: number;
}

export function quotaOf(gate: Gate, now: number, limits: Limits): Quota {
  const { calls, slots } = tidied(gate, now);
  return {
    callsToday: calls.count,
    callsLeftToday: Math.max(0, limits.callsPerDay - calls.count),
    broadcastsThisMonth: slots.length,
    perDay: limits.perDay,
    perMonth: limits.perMonth,
    nextStart: slotRefusal(gate, { id: '', at: now }, limits)?.freesAt ?? now,
  };
}
