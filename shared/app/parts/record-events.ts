import type { Context } from '../../account/context.ts';
import type { Middleware } from '../../account/middleware.ts';
import { createBook, createPresence } from '../../followers/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { whenDone } from '../../kernel/eventual.ts';
import { withinTime } from '../../kernel/time-limit.ts';
import type { TraceOf } from '../../kernel/trace.ts';
import { recordResult } from '../../mass-send/index.ts';
import { createScanCounter } from '../../outreach/scans.ts';
import type { Store } from '../../store/store.ts';

/** How long the account's own handlers of such an event wait for the record at most. */
const RECORD_WITHIN_MS = 1_500;

export interface RecordEventsOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly traceOf: TraceOf;
  /** Has the worker erase what else there is of a follower who has left. */
  readonly erase: (openid: string, at: number) => Promise<void>;
}

/**
 * Records which followers come and go, which codes are scanned, and how mass sends ended, before the account's own handlers
 * run. Any other message goes to them at once. A store that fails or is slow keeps no follower from
 * being greeted: the next sync, and the worker that asks WeChat about a mass send, put the record
 * right.
 */
export function recordEvents(
  options: RecordEventsOptions,
  handle: Middleware<Context>,
): Middleware<Context> {
  const presence = createPresence({ ...options, book: createBook(options) });
  const scans = createScanCounter(options);

  return (ctx, next) => {
    const recording = recordingOf(ctx.message);
    if (!recording) return handle(ctx, next);
    return whenDone(record(recording, ctx), () => handle(ctx, next));
  };

  async function record(recording: () => Promise<void>, { log }: Context): Promise<void> {
    try {
      await withinTime(options.clock, RECORD_WITHIN_MS, recording);
    } catch (error) {
      log.error('event not noted', { error });
    }
  }

  async function come(openid: string, at: number, scene?: string): Promise<void> {
    await Promise.all([
      presence.came(openid, at, scene),
      scene === undefined ? undefined : scans.count(scene, at, true),
    ]);
  }

  async function leave(openid: string, at: number): Promise<void> {
    await presence.left(openid, at);
    await options.erase(openid, at);
  }

  function recordingOf(message: Context['message']): (() => Promise<void>) | undefined {
    if (message.type !== 'event') return undefined;
    const { openid, createdAt } = message;
    switch (message.event) {
      case 'subscribe':
        return () => come(openid, createdAt, message.key);
      case 'SCAN':
        return () => scans.count(message.key, createdAt, false);
      case 'user_authorization_cancellation': {
        // The follower has closed their WeChat account, and this event is sent by WeChat, not by them.
        const { userOpenid } = message;
        return userOpenid === undefined ? undefined : () => leave(userOpenid, createdAt);
      }
      case 'unsubscribe':
        return () => leave(openid, createdAt);
      case 'MASSSENDJOBFINISH':
        return () => recordResult(options, message);
      default:
        return undefined;
    }
  }
}
