import type { Clock } from '../kernel/clock.ts';
import { Recent } from '../kernel/recent.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';

/** What happens to a message: it is handled, answered with the reply to a flood, or ignored. */
export type FloodDecision = 'handle' | 'warn' | 'ignore';

export interface FloodOptions {
  readonly clock: Clock;
  /** Burst of one follower, and messages per minute in the long run; 0: any number. */
  readonly perMinute: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  ignoredUntil: number;
}

/** A follower who floods is told so once, and then ignored for this long. */
const IGNORED_MS = 60_000;
/** One instance remembers at least so many followers, those it has heard from last. */
const REMEMBERED = 5_000;

/**
 * A token bucket for each follower, in the memory of this instance: it costs nothing, and a script
 * that writes without end, which is what it guards against, meets the same few instances. Only what
 * followers write and tap is counted; other events, and WeChat's repeats, are always handled.
 */
export function createFloodGuard({ clock, perMinute }: FloodOptions) {
  const buckets = new Recent<Bucket>(REMEMBERED);

  return (message: Message, isRepeat: boolean): FloodDecision => {
    const follower = followerOf(message);
    if (perMinute === 0 || isRepeat || !isCounted(message) || !follower) return 'handle';
    const now = clock.now();
    const bucket = buckets.get(follower) ?? buckets.set(follower, full(now));
    if (now < bucket.ignoredUntil) return 'ignore';
    const gained = ((now - bucket.filledAt) * perMinute) / 60_000;
    bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, gained));
    bucket.filledAt = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 'handle';
    }
    bucket.ignoredUntil = now + IGNORED_MS;
    return 'warn';
  };

  function full(now: number): Bucket {
    return { tokens: perMinute, filledAt: now, ignoredUntil: 0 };
  }
}

function isCounted(message: Message): boolean {
  return message.type !== 'event' || message.event === 'CLICK';
}
