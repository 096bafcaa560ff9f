import type { Middleware } from '../../account/compose.ts';
import type { Context } from '../../account/context.ts';
import type { Presence } from '../../followers/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { withinTime } from '../../kernel/time-limit.ts';
import { noteResult } from '../../mass-send/index.ts';
import type { Store } from '../../store/store.ts';

/** What the account's handlers of such an event wait for at most. */
const NOTE_LIMIT_MS = 1_500;

export interface NotingOptions {
  readonly presence: Presence;
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Notes who comes and who goes, and how mass sends ended, before the account's own handlers run. Any
 * other message passes by; and a store that fails or is slow keeps nobody from being greeted: the
 * next sync, and the worker that asks WeChat about a mass send, put it right.
 */
export function noting({ presence, store, clock }: NotingOptions): Middleware<Context> {
  return async ({ message, log }, next) => {
    const note = noteOf(message);
    if (note) {
      try {
        await withinTime(clock, NOTE_LIMIT_MS, note);
      } catch (error) {
        log.error('event not noted', { error });
      }
    }
    await next();
  };

  function noteOf(message: Context['message']): (() => Promise<void>) | undefined {
    if (message.type !== 'event') return undefined;
    const { openid, createdAt } = message;
    switch (message.event) {
      case 'subscribe':
        return () => presence.came(openid, createdAt);
      case 'unsubscribe':
        return () => presence.left(openid, createdAt);
      case 'MASSSENDJOBFINISH':
        return () => noteResult({ store, clock }, message);
      default:
        return undefined;
    }
  }
}
