import type { Clock } from '../kernel/clock.ts';
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
/** How many followers one instance remembers; it forgets the one it has not heard from for longest. */
const FOLLOWERS = 10_000;

/**
 * A token bucket for each follower, in the memory of this instance: it costs nothing, and a script
 * that writes without end, which is what it guards against, meets the same few instances. Only what
 * followers write and tap is counted; other events, and WeChat's repeats, are always handled.
 */
export function createFloodGuard({ clock, perMinute }: FloodOptions) {
  const buckets = new Map<string, Bucket>();

  return (message: Message, isRepeat: boolean): FloodDecision => {
    const follower = followerOf(message);
    if (perMinute === 0 || isRepeat || !isCounted(message) || !follower) return 'handle';
    const now = clock.now();
    const bucket = buckets.get(follower) ?? full(now);
    // A map keeps its order: the follower that was heard from last stands last.
    buckets.delete(follower);
    buckets.set(follower, bucket);
    if (buckets.size > FOLLOWERS) buckets.delete(buckets.keys().next().value ?? '');

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
