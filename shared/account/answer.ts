import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Middleware } from './compose.ts';
import { type Context, createContext } from './context.ts';

/** WeChat hangs up after 5 s; the answer must be on its way before that. */
export const ANSWER_WITHIN_MS = 4_500;

/** WeChat no longer waits for what takes longer than this. */
const STORED_WITHIN_MS = 4_900;

const OVERDUE = Symbol('overdue');

export interface AnswerOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** When the push came in. */
  readonly startedAt: number;
  /** Stores the message for the worker. Without it nothing is run later. */
  readonly later?: ((message: Message) => Promise<void>) | undefined;
}

/**
 * Runs the handlers and gives their reply. A handler that throws, or that is not done when time is
 * up, gives none: WeChat is then told `success`, and the follower never sees its fault notice. What
 * is not done in time, and what is deferred, is left to the worker.
 */
export async function answer(
  message: Message,
  { handle, api, clock, log, startedAt, later }: AnswerOptions,
): Promise<Reply | undefined> {
  const abort = new AbortController();
  let isDeferred = false;
  let mayRerun = true;
  const { ctx, getReply } = createContext({
    message,
    signal: abort.signal,
    api,
    log,
    now: () => clock.now(),
    // Without a worker a deferred handler runs at once.
    ...(later && {
      deferral: {
        place: 'callback' as const,
        later() {
          isDeferred = true;
        },
        keepFromWorker() {
          mayRerun = false;
        },
      },
    }),
  });
  const leftMs = Math.max(0, ANSWER_WITHIN_MS - (clock.now() - startedAt));
  const deadline = after(clock, leftMs);
  try {
    const handled = run(handle, ctx, log);
    if ((await Promise.race([handled, deadline.promise])) === OVERDUE) {
      log.error('handler was too slow', { ms: clock.now() - startedAt });
      abort.abort(new AppError('timeout', `The answer was due within ${ANSWER_WITHIN_MS} ms.`));
      if (mayRerun) await leave();
      return undefined;
    }
    if (!(await handled)) return undefined;
    // What the follower is told to wait for must be sure to come.
    if (isDeferred && !(await leave())) return undefined;
    return getReply();
  } finally {
    deadline.cancel();
  }

  /** Whether the worker has the message. */
  async function leave(): Promise<boolean> {
    if (!later) return false;
    const limit = after(clock, Math.max(0, STORED_WITHIN_MS - (clock.now() - startedAt)));
    try {
      const stored = later(message);
      stored.catch(() => {});
      if ((await Promise.race([stored, limit.promise])) !== OVERDUE) return true;
      log.error('message not deferred', { reason: 'store was too slow' });
    } catch (error) {
      log.error('message not deferred', { error });
    } finally {
      limit.cancel();
    }
    return false;
  }
}

/** Never rejects, so that a handler which fails after the deadline fails nobody else's message. */
async function run(handle: Middleware<Context>, ctx: Context, log: Log): Promise<boolean> {
  try {
    await handle(ctx, () => Promise.resolve());
    return true;
  } catch (error) {
    log.error('handler failed', { error });
    return false;
  }
}

function after(clock: Clock, ms: number) {
  let cancel = () => {};
  const promise = new Promise<typeof OVERDUE>((resolve) => {
    cancel = clock.after(ms, () => resolve(OVERDUE));
  });
  return { promise, cancel };
}
