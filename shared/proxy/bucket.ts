import { chinaDate } from '../kernel/china-time.ts';
import type { LimitDocument } from './limit-document.ts';

/** How fast a client may call: in the long run, and at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Calls that are counted by the day, and how many of them a day has. */
export interface Allowance {
  readonly name: string;
  readonly perDay: number;
}

/** The part of a client's limits that an instance holds: it spends this without asking the store. */
export interface Share {
  readonly tokens: number;
  readonly day: string;
  readonly counters: Readonly<Record<string, number>>;
}

/** A share with nothing in it. */
export function emptyShare(now: number): Share {
  return { tokens: 0, day: chinaDate(now), counters: {} };
}

export function canSpend(share: Share, allowances: readonly Allowance[], now: number): boolean {
  if (share.tokens < 1 || share.day !== chinaDate(now)) return false;
  return allowances.every(({ name }) => (share.counters[name] ?? 0) >= 1);
}

/** The share after `calls` calls; a negative number gives them back. */
export function spend(share: Share, allowances: readonly Allowance[], calls = 1): Share {
  const counters = { ...share.counters };
  for (const { name } of allowances) counters[name] = (counters[name] ?? 0) - calls;
  return { ...share, tokens: share.tokens - calls, counters };
}

export type Granted =
  | { readonly doc: LimitDocument; readonly share: Share }
  /** The bucket is empty for this long. */
  | { readonly waitMs: number }
  | { readonly spent: Allowance };

export interface Wish {
  readonly now: number;
  readonly rate: Rate;
  /** What this call is counted against. */
  readonly allowances: readonly Allowance[];
  /** What recent calls were counted against: the next call is likely to be like one of them. */
  readonly also: readonly Allowance[];
  /** The rest of the last share, which goes back first. */
  readonly back: Share;
  /** How many calls the instance expects to make of it. */
  readonly want: number;
}

export function fullBucket(id: string, now: number, { burst }: Rate): LimitDocument {
  return { _id: id, tokens: burst, filledAt: now, day: chinaDate(now), counters: [] };
}

/**
 * Takes a share out of a client's limits. No other instance has what this one takes, so that together
 * they never spend more than the bucket gave and the day allows. A share that is never spent is lost
 * to the client.
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
