import type { Middleware } from '../account/compose.ts';
import { type Context, createContext } from '../account/context.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage } from '../wechat/custom-message.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';

/** How far the worker has got with a message; it survives the worker. */
export interface Progress {
  /** A handler that must not run twice has begun. */
  readonly hasBegun?: boolean;
  /** The handlers are done, and this remains to be sent. */
  readonly reply?: Reply;
}

export interface RerunOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
}

export interface Attempt {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** @throws if the message is no longer ours */
  readonly assertHeld: () => void;
  readonly save: (progress: Progress) => Promise<void>;
}

/**
 * Runs the handlers of a message after its response has gone, and sends what they reply. The reply
 * is saved before it is sent, so that a worker that dies is followed by one that sends the same
 * words; they are sent twice only if it died between WeChat's receipt and the end of the job.
 *
 * @throws what a handler throws; AppError and WeChatError of what cannot be sent
 */
export function createRerun({ handle, api, clock }: RerunOptions) {
  return async (message: Message, attempt: Attempt): Promise<void> => {
    const { progress, signal, log, assertHeld, save } = attempt;
    const { ctx, getReply } = createContext({
      message,
      abort: { signal, isAborted: () => signal.aborted },
      log,
      now: () => clock.now(),
      api,
      checkReply: (reply) => checkSendable(message, reply),
      place: {
        async beginOnce() {
          if (progress.hasBegun) throw begunBefore();
          await save({ hasBegun: true });
        },
      },
    });
    const reply = progress.reply ?? (await run());
    if (!reply) return;
    assertHeld();
    await ctx.send(reply);

    async function run(): Promise<Reply | undefined> {
      await handle(ctx, () => Promise.resolve());
      const given = getReply();
      if (given) await save({ reply: given });
      return given;
    }
  };
}

function checkSendable(message: Message, reply: Reply): void {
  if (reply.type === 'transfer_customer_service' || reply.type === 'transfer_biz_ai_ivr') {
    throw new AppError(
      'invalid',
      'A message can only be handed over in the response to it, and this handler runs in the worker, after that. Reply with transfer() in a route that is not deferred.',
    );
  }
  customMessage(message.openid, reply);
}

function begunBefore(): AppError {
  return new AppError(
    'conflict',
    'This handler must not run twice (rerun: false), and it had begun before.',
    { details: { isFinal: true } },
  );
}
