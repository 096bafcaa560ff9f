import { type Gate, slotRefusal, tidied } from './gate.ts';
import type { Limits } from './limits.ts';

/** How much of its allowances the account has left. */
export interface MassSendQuota {
  readonly callsToday: number;
  readonly callsLeftToday: number;
  readonly broadcastsThisMonth: number;
  /** How many messages one follower may get. */
  readonly perDay: number;
  readonly perMonth: number;
  /** When the next broadcast may start, by the gap between two starts. */
  readonly nextStart: number;
}

export function quotaOf(gate: Gate, now: number, limits: Limits): MassSendQuota {
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
