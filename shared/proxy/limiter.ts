import { untilChinaMidnight } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import {
  type Allowance,
  canSpend,
  emptyShare,
  fullBucket,
  type Granted,
  grant,
  type Share,
  spend,
  type Wish,
} from './bucket.ts';
import type { ProxyClient } from './clients.ts';
import { limitCollection } from './limit-document.ts';
import { Refusal, storeIsDown } from './refusal.ts';

/**
 * A share is spent within this time; what is left goes back with the next one. Hence the bounds for
 * the calls of a client within t seconds: `burst + perSecond × (t + 2)`, and from its very first call
 * on `burst + perSecond × t`. With 10 a second and a burst of 20 that is 640 calls in a minute.
 * Clocks of instances that differ by a second add the calls of a second, once.
 */
export const SHARE_MS = 2_000;
/** After a refusal an instance asks the store no sooner than this: under a flood it refuses by itself. */
const QUIET_MS = 1_000;
/** How long an instance believes that an allowance of the day is used up. */
const SPENT_MS = 60_000;
const MAX_TRIES = 8;

/** Lets a call pass, or not. */
export interface Limiter {
  /** Takes one call. The function returned gives it back. @throws Refusal */
  take(client: ProxyClient, allowances: readonly Allowance[]): Promise<() => void>;
}

interface LimiterOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly clock: Clock;
  /** From 0 to 1; spreads those who wait. */
  readonly random: () => number;
}

export function createLimiter(options: LimiterOptions): Limiter {
  const byClient = new Map<string, ClientLimit>();
  return {
    take(client, allowances) {
      const limit = byClient.get(client._id) ?? new ClientLimit(options);
      byClient.set(client._id, limit);
      return limit.take(client, allowances);
    },
  };
}

/** The calls since a share was taken: how many the next share should be for, and of which kind. */
interface Pace {
  readonly since: number;
  readonly calls: number;
  readonly allowances: ReadonlyMap<string, Allowance>;
}

/** What one instance knows of the limits of one client. */
class ClientLimit {
  readonly #options: LimiterOptions;
  #share: Share;
  #shareUntil = 0;
  #pace: Pace;
  #quietUntil = 0;
  readonly #spentUntil = new Map<string, number>();

  constructor(options: LimiterOptions) {
    const now = options.clock.now();
    this.#options = options;
    this.#share = emptyShare(now);
    this.#pace = { since: now, calls: 0, allowances: new Map() };
  }

  async take(client: ProxyClient, allowances: readonly Allowance[]): Promise<() => void> {
    const { since, calls, allowances: others } = this.#pace;
    this.#pace = {
      since,
      calls: calls + 1,
      allowances: new Map([...others, ...named(allowances)]),
    };
    // Calls at the same time share what one of them has taken; it may not do for all.
    while (!this.#canSpend(allowances)) await this.#takeShare(client, allowances);
    this.#share = spend(this.#share, allowances);
    const { day } = this.#share;
    return () => {
      if (this.#share.day === day) this.#share = spend(this.#share, allowances, -1);
    };
  }

  #canSpend(allowances: readonly Allowance[]): boolean {
    const now = this.#options.clock.now();
    return now < this.#shareUntil && canSpend(this.#share, allowances, now);
  }

  async #takeShare(client: ProxyClient, allowances: readonly Allowance[]): Promise<void> {
    const { clock, random } = this.#options;
    const now = clock.now();
    const spent = allowances.find(({ name }) => now < (this.#spentUntil.get(name) ?? 0));
    if (spent) throw outOf(spent, now);
    if (now < this.#quietUntil) throw tooFast(this.#quietUntil - now);
    const back = this.#share;
    // Should the write be lost on its way, the calls in it are lost too, but never made twice.
    const none = emptyShare(now);
    this.#share = none;
    const also = [...this.#pace.allowances.values()];
    const want = wanted(client, this.#pace, now);
    const granted = await this.#ask(client, { now, rate: client, allowances, also, back, want });
    if (granted && 'share' in granted) {
      const since = clock.now();
      this.#share = granted.share;
      this.#shareUntil = since + SHARE_MS;
      this.#pace = { since, calls: 0, allowances: named(allowances) };
      return;
    }
    if (!granted) throw tooFast(QUIET_MS);
    if (this.#share === none) this.#share = back;
    if ('spent' in granted) {
      const until = now + Math.min(untilChinaMidnight(now), SPENT_MS);
      this.#spentUntil.set(granted.spent.name, until);
      throw outOf(granted.spent, now);
    }
    this.#quietUntil = now + Math.max(granted.waitMs, QUIET_MS * (0.75 + random() / 4));
    throw tooFast(granted.waitMs);
  }

  /** `undefined` if other instances were faster every time. */
  async #ask(client: ProxyClient, wish: Wish): Promise<Granted | undefined> {
    const { store } = this.#options;
    try {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const found = await store.get(limitCollection, client._id);
        const granted = grant(found?.doc ?? fullBucket(client._id, wish.now, client), wish);
        if (!('doc' in granted)) return granted;
        const isOurs = found
          ? await store.replaceIf(limitCollection, granted.doc, found.rev)
          : await store.create(limitCollection, granted.doc);
        if (isOurs) return granted;
      }
    } catch (error) {
      throw storeIsDown(error);
    }
    return undefined;
  }
}

function named(allowances: readonly Allowance[]): ReadonlyMap<string, Allowance> {
  return new Map(allowances.map((each) => [each.name, each]));
}

/** As many calls as came in the time of a share, but no more than a part of all that there is. */
function wanted({ perSecond, burst }: ProxyClient, { calls, since }: Pace, now: number): number {
  // One call of a new instance says little: other calls may have come to other instances just now.
  const pace = calls / Math.max(now - since, 1_000);
  const most = Math.max(1, Math.floor(Math.max(burst, perSecond * 2) / 4));
  return Math.min(most, Math.max(1, Math.ceil(pace * SHARE_MS)));
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
