import { chinaDate, untilChinaMidnight } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import { type Allowance, fullBucket, grant, type Share, type Wish } from './bucket.ts';
import type { ProxyClient } from './clients.ts';
import { limitCollection } from './limit-document.ts';
import { Refusal, storeIsDown } from './refusal.ts';

/**
 * A share is good for so long; what is left then goes back with the next. Within any time a client
 * makes at most `burst + perSecond × (time + this)` calls, and `burst + perSecond × time` since its
 * first; clocks that differ by a second add a second's calls, once.
 */
export const SHARE_MS = 2_000;
/** After a refusal an instance asks the store again no sooner: under a flood it answers by itself. */
const QUIET_MS = 1_000;
const MAX_TRIES = 8;

/** Lets a call pass, or not. */
export interface Limiter {
  /** Takes one call. The function returned gives it back. @throws Refusal */
  take(client: ProxyClient, allowances: readonly Allowance[]): Promise<() => void>;
}

interface Held {
  share: Share;
  until: number;
  /** Calls since the share was taken: how many to expect. */
  calls: number;
  since: number;
  quietUntil: number;
  readonly spentUntil: Map<string, number>;
  /** What the calls of the last share were counted against. */
  recent: Map<string, Allowance>;
}

export function createLimiter(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly clock: Clock;
  /** From 0 to 1; spreads those who wait. */
  readonly random: () => number;
}): Limiter {
  const { store, clock, random } = options;
  const byClient = new Map<string, Held>();

  return {
    async take(client, allowances) {
      const held = heldOf(client._id);
      held.calls += 1;
      for (const allowance of allowances) held.recent.set(allowance.name, allowance);
      // Calls at the same time share what one of them has taken; it may not do for all.
      while (!canSpend(held, allowances)) await takeShare(client, allowances, held);
      return spend(held, allowances);
    },
  };

  function heldOf(id: string): Held {
    const known = byClient.get(id);
    if (known) return known;
    const now = clock.now();
    const created: Held = {
      share: nothing(now),
      until: 0,
      calls: 0,
      since: now,
      quietUntil: 0,
      spentUntil: new Map(),
      recent: new Map(),
    };
    byClient.set(id, created);
    return created;
  }

  function canSpend({ share, until }: Held, allowances: readonly Allowance[]): boolean {
    const now = clock.now();
    const isToday = share.day === chinaDate(now);
    if (share.tokens < 1 || now >= until || !isToday) return false;
    return allowances.every(({ name }) => (share.counters[name] ?? 0) >= 1);
  }

  function spend(held: Held, allowances: readonly Allowance[]): () => void {
    add(-1);
    const { day } = held.share;
    return () => {
      if (held.share.day === day) add(1);
    };
    function add(count: number): void {
      const counters = { ...held.share.counters };
      for (const { name } of allowances) counters[name] = (counters[name] ?? 0) + count;
      held.share = { ...held.share, tokens: held.share.tokens + count, counters };
    }
  }

  async function takeShare(
    client: ProxyClient,
    allowances: readonly Allowance[],
    held: Held,
  ): Promise<void> {
    const now = clock.now();
    const spent = allowances.find(({ name }) => now < (held.spentUntil.get(name) ?? 0));
    if (spent) throw outOf(spent, now);
    if (now < held.quietUntil) throw tooFast(held.quietUntil - now);
    const back = held.share;
    // Should the write be lost on its way, the calls in it are lost too, but never made twice.
    const none = nothing(now);
    held.share = none;
    const also = [...held.recent.values()];
    const wish = { now, rate: client, allowances, also, back, want: wanted(client, held, now) };
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const granted = await attempt(client, wish);
      if (!granted) continue;
      if ('share' in granted) {
        const recent = new Map(allowances.map((each) => [each.name, each]));
        const since = clock.now();
        const { share } = granted;
        Object.assign(held, { share, until: since + SHARE_MS, calls: 0, since, recent });
        return;
      }
      if (held.share === none) held.share = back;
      if ('spent' in granted) {
        held.spentUntil.set(granted.spent.name, now + Math.min(untilChinaMidnight(now), 60_000));
        throw outOf(granted.spent, now);
      }
      held.quietUntil = now + Math.max(granted.waitMs, QUIET_MS * (0.75 + random() / 4));
      throw tooFast(granted.waitMs);
    }
    throw tooFast(QUIET_MS);
  }

  /** `undefined`: another instance was faster. */
  async function attempt(client: ProxyClient, wish: Wish) {
    try {
      const found = await store.get(limitCollection, client._id);
      const granted = grant(found?.doc ?? fullBucket(client._id, wish.now, client), wish);
      if (!('doc' in granted)) return granted;
      const isOurs = found
        ? await store.replaceIf(limitCollection, granted.doc, found.rev)
        : await store.create(limitCollection, granted.doc);
      return isOurs ? granted : undefined;
    } catch (error) {
      throw storeIsDown(error);
    }
  }

  /** As many calls as came in the time of a share, but no more than a part of all that there is. */
  function wanted({ perSecond, burst }: ProxyClient, { calls, since }: Held, now: number): number {
    // One call of a new instance says little: others may have come to others at the same moment.
    const pace = calls / Math.max(now - since, 1_000);
    const most = Math.max(1, Math.floor(Math.max(burst, perSecond * 2) / 4));
    return Math.min(most, Math.max(1, Math.ceil(pace * SHARE_MS)));
  }
}

function nothing(now: number): Share {
  return { tokens: 0, day: chinaDate(now), counters: {} };
}

function tooFast(waitMs: number): Refusal {
  return new Refusal('too_fast', 'This client calls faster than was agreed.', {
    retryAfterMs: waitMs,
  });
}

function outOf({ name, perDay }: Allowance, now: number): Refusal {
  const [reason, what] = name.startsWith('quota ')
    ? (['quota', `its part of the account's calls of ${name.slice(6)}`] as const)
    : (['budget', `its budget for ${name}`] as const);
  return new Refusal(reason, `This client has used up ${what}: ${perDay} today.`, {
    retryAfterMs: untilChinaMidnight(now),
    details: { budget: name, perDay },
  });
}
