import type { Middleware } from '../account/compose.ts';
import type { Context } from '../account/context.ts';
import type { Presence } from '../followers/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { withinTime } from '../store/limit.ts';

/** What the handlers of a follower who comes or goes wait for at most. */
const NOTE_LIMIT_MS = 1_500;

/**
 * Notes who comes and who goes before the account's own handlers run. Any other message passes by;
 * and a store that fails or is slow keeps nobody from being greeted: the next sync puts it right.
 */
export function notingFollowers(presence: Presence, clock: Clock): Middleware<Context> {
  return async ({ message, log }, next) => {
    const note = noteOf(message);
    if (note) {
      try {
        await withinTime(clock, NOTE_LIMIT_MS, note);
      } catch (error) {
        log.error('follower not noted', { error });
      }
    }
    await next();
  };

  function noteOf(message: Context['message']): (() => Promise<void>) | undefined {
    if (message.type !== 'event') return undefined;
    const { event, openid, createdAt } = message;
    if (event === 'subscribe') return () => presence.came(openid, createdAt);
    if (event === 'unsubscribe') return () => presence.left(openid, createdAt);
    return undefined;
  }
}
