import { chinaDate } from '../kernel/china-time.ts';
import type { LimitDocument } from './limit-document.ts';

/** How fast, in the long run and at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Something that is counted by the day, and how many there are. */
export interface Allowance {
  readonly name: string;
  readonly perDay: number;
}

/** What an instance holds of a client's limits: it may spend this without asking anybody. */
export interface Share {
  readonly tokens: number;
  readonly day: string;
  readonly counters: Readonly<Record<string, number>>;
}

export type Granted =
  | { readonly doc: LimitDocument; readonly share: Share }
  /** Not before the bucket has something again. */
  | { readonly waitMs: number }
  | { readonly spent: Allowance };

export interface Wish {
  readonly now: number;
  readonly rate: Rate;
  /** What this call is counted against. */
  readonly allowances: readonly Allowance[];
  /** What calls of late were: the next is likely to be one of them again. */
  readonly also: readonly Allowance[];
  /** What is left of the last share: it goes back first. */
  readonly back: Share;
  /** How many calls the instance expects to make of it. */
  readonly want: number;
}

export function fullBucket(id: string, now: number, { burst }: Rate): LimitDocument {
  return { _id: id, tokens: burst, filledAt: now, day: chinaDate(now), counters: [] };
}

/**
 * Takes a share out of a client's limits. What is taken is gone for all others, so the sum of what
 * instances spend is never more than the bucket gave, nor the day allows; what they lose with a share
 * that nobody spends, the client loses.
 */
export function grant(found: LimitDocument, wish: Wish): Granted {
  const { now, rate, allowances, also, back, want } = wish;
  const day = chinaDate(now);
  const isToday = found.day === day;
  const counters = new Map(isToday ? found.counters.map(({ name, used }) => [name, used]) : []);
  if (back.day === day) {
    for (const [name, left] of Object.entries(back.counters)) {
      counters.set(name, Math.max(0, (counters.get(name) ?? 0) - left));
    }
  }
  const filledAt = Math.max(found.filledAt, now);
  const refill = ((filledAt - found.filledAt) * rate.perSecond) / 1_000;
  const tokens = Math.min(rate.burst, found.tokens + back.tokens + refill);

  const taken: Record<string, number> = {};
  for (const allowance of new Set([...allowances, ...also])) {
    const { name, perDay } = allowance;
    const used = counters.get(name) ?? 0;
    // Of a small allowance small shares, so that little is lost with an instance that goes away.
    const share = Math.min(want, Math.max(1, Math.floor(perDay / 200)), perDay - used);
    if (share < 1 && allowances.includes(allowance)) return { spent: allowance };
    if (share < 1 || name in taken) continue;
    taken[name] = share;
    counters.set(name, used + share);
  }
  if (tokens < 1) return { waitMs: Math.ceil(((1 - tokens) * 1_000) / rate.perSecond) };
  const count = Math.min(want, Math.floor(tokens));
  return {
    doc: {
      _id: found._id,
      tokens: tokens - count,
      filledAt,
      day,
      counters: [...counters].map(([name, used]) => ({ name, used })),
    },
    share: { tokens: count, day, counters: taken },
  };
}
