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

const OVERDUE = Symbol('overdue');

export interface AnswerOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** When the push came in. */
  readonly startedAt: number;
}

/**
 * Runs the handlers and gives their reply. A handler that throws, or that is not done when time is
 * up, gives none: WeChat is then told `success`, and the follower never sees its fault notice.
 */
export async function answer(
  message: Message,
  { handle, api, clock, log, startedAt }: AnswerOptions,
): Promise<Reply | undefined> {
  const abort = new AbortController();
  const { ctx, getReply } = createContext({
    message,
    signal: abort.signal,
    api,
    log,
    now: () => clock.now(),
  });
  const leftMs = Math.max(0, ANSWER_WITHIN_MS - (clock.now() - startedAt));
  const deadline = after(clock, leftMs);
  try {
    const handled = run(handle, ctx, log);
    if ((await Promise.race([handled, deadline.promise])) === OVERDUE) {
      log.error('handler was too slow', { ms: clock.now() - startedAt });
      abort.abort(new AppError('timeout', `The answer was due within ${ANSWER_WITHIN_MS} ms.`));
      return undefined;
    }
    return (await handled) ? getReply() : undefined;
  } finally {
    deadline.cancel();
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
