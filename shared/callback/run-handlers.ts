import type { Middleware } from '../account/compose.ts';
import { type Context, createContext } from '../account/context.ts';
import type { Delivery } from '../account/delivery.ts';
import type { Abort } from '../kernel/abort.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';

export interface RunOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly delivery: Delivery;
  /** Ends the run: nothing that fails or is replied afterwards counts. */
  readonly abort: Abort;
  /** When the run is aborted, in ms since the epoch. */
  readonly untilMs: number;
}

export type RunResult =
  | { readonly kind: 'done'; readonly reply: Reply | undefined }
  | { readonly kind: 'failed' | 'overdue' };

/** Runs the handlers of a message once, for as long as there is time. */
export async function runHandlers(message: Message, options: RunOptions): Promise<RunResult> {
  const { handle, api, clock, log, delivery, abort, untilMs } = options;
  const startedAt = clock.now();
  const now = () => clock.now();
  const { ctx, getReply } = createContext({ message, abort, api, log, now, delivery });
  const limitMs = Math.max(0, untilMs - startedAt);
  const kind = (await waitAtMost(clock, limitMs, run)) ?? 'overdue';
  if (kind === 'done') return { kind, reply: getReply() };
  if (kind === 'overdue') {
    log.error('handler was too slow', { ms: clock.now() - startedAt });
    abort.abort(new AppError('timeout', 'The time to answer WeChat is over.'));
  }
  return { kind };

  /** Never rejects: a handler that fails after the deadline must not fail another message. */
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
