import type { Abort } from '../kernel/abort.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage, type Sendable } from '../wechat/custom-message.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { checkSendWindow, sendsOf } from './send-window.ts';
import { TypingSign } from './typing.ts';

/** Shows that an answer is being written, for some 15 s or until the work has settled. */
export type Typing = <R = void>(work?: Promise<R>) => Promise<R>;

export interface Sender {
  /** How many messages WeChat still takes for the follower, as far as the message shows it. */
  readonly left: () => number;
  readonly send: (content: Sendable) => Promise<void>;
  readonly typing: Typing;
}

/** Writes to the follower whom the message concerns, and to no other. */
export function createSender(options: {
  readonly message: Message;
  readonly api: Api;
  readonly abort: Pick<Abort, 'signal'>;
  readonly clock: Clock;
  readonly log: Log;
}): Sender {
  const { message, api, abort, clock, log } = options;
  let sent = 0;

  return {
    left: () => sendsOf(message) - sent,
    async send(content) {
      checkSendWindow(message, sent, clock.now());
      const outgoing = customMessage(recipientOf(message), content);
      sent += 1;
      await api.customerService.send(outgoing, { signal: abort.signal });
    },
    typing<R>(work?: Promise<R>) {
      const sign = new TypingSign({ api, clock, log, follower: followerOf(message) });
      // Without work there is nothing to give: then `R` is `void`.
      return (work ? sign.during(work, abort.signal) : sign.show(abort.signal)) as Promise<R>;
    },
  };
}

/** The sender may be one of WeChat's own accounts, to which no account can write. */
function recipientOf(message: Message): string {
  const follower = followerOf(message);
  if (follower !== undefined) return follower;
  throw new AppError(
    'invalid',
    'This event is about the account, and WeChat itself sends it: there is no follower to write to. Use ctx.api.customerService.send with the openid of a follower.',
    { details: { isFinal: true } },
  );
}
