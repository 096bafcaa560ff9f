import type { Clock } from '../kernel/clock.ts';
import type { Message } from '../wechat/message/message.ts';

/** What is to be done with a message: handled, answered with the words for a flood, or ignored. */
export type Passage = 'pass' | 'tell' | 'ignore';

export interface FloodOptions {
  readonly clock: Clock;
  /** So many a follower may send at once, and so many a minute for ever; 0: any number. */
  readonly perMinute: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  ignoredUntil: number;
}

/** Who floods is told so once, and then ignored for so long. */
const IGNORED_MS = 60_000;
/** How many followers one instance keeps in mind; the one that it has heard from longest ago goes. */
const FOLLOWERS = 10_000;

/**
 * A token bucket for each follower, in the memory of this instance: it costs nothing, and what it
 * is for, a script that writes without end, meets the same few instances. Only what followers write
 * and tap is counted; events that tell of something else, and repeats of WeChat, always pass.
 */
export function createFloodGuard({ clock, perMinute }: FloodOptions) {
  const buckets = new Map<string, Bucket>();

  return (message: Message, isRepeat: boolean): Passage => {
    if (perMinute === 0 || isRepeat || !isCounted(message)) return 'pass';
    const now = clock.now();
    const bucket = buckets.get(message.openid) ?? full(now);
    // The last heard of stands last.
    buckets.delete(message.openid);
    buckets.set(message.openid, bucket);
    if (buckets.size > FOLLOWERS) buckets.delete(buckets.keys().next().value ?? '');

    if (now < bucket.ignoredUntil) return 'ignore';
    const gained = ((now - bucket.filledAt) * perMinute) / 60_000;
    bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, gained));
    bucket.filledAt = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 'pass';
    }
    bucket.ignoredUntil = now + IGNORED_MS;
    return 'tell';
  };

  function full(now: number): Bucket {
    return { tokens: perMinute, filledAt: now, ignoredUntil: 0 };
  }
}

function isCounted(message: Message): boolean {
  return message.type !== 'event' || message.event === 'CLICK';
}
