import { HandlerRun } from '../account/context.ts';
import type { FailureHandler } from '../account/failures.ts';
import type { JobContext } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Api } from '../wechat/client/index.ts';
import { asMessages } from '../wechat/long-text.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { text } from '../wechat/reply.ts';
import { checkSendable } from './sendable.ts';

export interface DeadMessageOptions {
  readonly onDead: FailureHandler;
  readonly api: Api;
  readonly clock: Clock;
}

/** Tells the follower of a message that the worker gives up what the account says of that. */
export async function answerDeadMessage(
  { onDead, api, clock }: DeadMessageOptions,
  error: unknown,
  message: Message,
  { signal, log }: Pick<JobContext, 'signal' | 'log'>,
): Promise<void> {
  const run = new HandlerRun({
    message,
    abort: {
      signal,
      get isAborted() {
        return signal.aborted;
      },
    },
    log: log.child({ openid: followerOf(message) }),
    clock,
    api,
    checkReply: (reply) => checkSendable(message, reply),
    repliesOf: (content) => asMessages(content, run.sender.left()).map(text),
  });
  await onDead(error, run.ctx);
  for (const reply of run.replies) await run.sender.send(reply);
}
