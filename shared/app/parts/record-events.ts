import type { Middleware } from '../../account/compose.ts';
import type { Context } from '../../account/context.ts';
import type { Presence } from '../../followers/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { withinTime } from '../../kernel/time-limit.ts';
import { recordResult } from '../../mass-send/index.ts';
import type { Store } from '../../store/store.ts';

/** How long the account's own handlers of such an event wait for the record at most. */
const RECORD_WITHIN_MS = 1_500;

export interface RecordEventsOptions {
  readonly presence: Presence;
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Records which followers come and go, and how mass sends ended, before the account's own handlers
 * run. Any other message passes by. A store that fails or is slow keeps no follower from being
 * greeted: the next sync, and the worker that asks WeChat about a mass send, put the record right.
 */
export function recordEvents({ presence, store, clock }: RecordEventsOptions): Middleware<Context> {
  return async ({ message, log }, next) => {
    const record = recordOf(message);
    if (record) {
      try {
        await withinTime(clock, RECORD_WITHIN_MS, record);
      } catch (error) {
        log.error('event not noted', { error });
      }
    }
    await next();
  };

  function recordOf(message: Context['message']): (() => Promise<void>) | undefined {
    if (message.type !== 'event') return undefined;
    const { openid, createdAt } = message;
    switch (message.event) {
      case 'subscribe':
        return () => presence.came(openid, createdAt);
      case 'user_authorization_cancellation': {
        // The follower has closed their WeChat account, and this event is sent by WeChat, not by them.
        const { userOpenid } = message;
        return userOpenid === undefined ? undefined : () => presence.left(userOpenid, createdAt);
      }
      case 'unsubscribe':
        return () => presence.left(openid, createdAt);
      case 'MASSSENDJOBFINISH':
        return () => recordResult({ store, clock }, message);
      default:
        return undefined;
    }
  }
}
