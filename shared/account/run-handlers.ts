import type { Abort } from '../kernel/abort.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Middleware } from './compose.ts';
import { type Context, createContext } from './context.ts';
import type { Place } from './delivery.ts';

export interface RunOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly place: Place;
  /** Ends the run: nothing that fails or is replied afterwards counts. */
  readonly abort: Abort;
  /** Then it is aborted, in ms since the epoch. */
  readonly untilMs: number;
}

export type Ending =
  | { readonly kind: 'done'; readonly reply: Reply | undefined }
  | { readonly kind: 'failed' | 'overdue' };

/** Runs the handlers of a message once, for as long as there is time. */
export async function runHandlers(message: Message, options: RunOptions): Promise<Ending> {
  const { handle, api, clock, log, place, abort, untilMs } = options;
  const startedAt = clock.now();
  const now = () => clock.now();
  const { ctx, getReply } = createContext({ message, abort, api, log, now, place });
  const limitMs = Math.max(0, untilMs - startedAt);
  const outcome = (await waitAtMost(clock, limitMs, run)) ?? 'overdue';
  if (outcome === 'done') return { kind: 'done', reply: getReply() };
  if (outcome === 'overdue') {
    log.error('handler was too slow', { ms: clock.now() - startedAt });
    abort.abort(new AppError('timeout', 'WeChat waits no longer for the answer.'));
  }
  return { kind: outcome };

  /** Never rejects, so that a handler which fails after the deadline fails nobody else's message. */
  async function run(): Promise<'done' | 'failed'> {
    try {
      await handle(ctx, () => Promise.resolve());
      return 'done';
    } catch (error) {
      if (!abort.isAborted()) log.error('handler failed', { error });
      return 'failed';
    }
  }
}
