import type { Abort } from '../kernel/abort.ts';
import { AppError } from '../kernel/errors.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage, type Sendable } from '../wechat/custom-message.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { checkSendWindow } from './send-window.ts';

export interface Sender {
  readonly send: (content: Sendable) => Promise<void>;
  readonly typing: () => Promise<void>;
}

/** Writes to the follower whom the message concerns, and to no other. */
export function createSender(options: {
  readonly message: Message;
  readonly api: Api;
  readonly abort: Pick<Abort, 'signal'>;
  readonly now: () => number;
}): Sender {
  const { message, api, abort, now } = options;
  let sent = 0;

  return {
    async send(content) {
      checkSendWindow(message, sent, now());
      const outgoing = customMessage(recipientOf(message), content);
      sent += 1;
      await api.customerService.send(outgoing, { signal: abort.signal });
    },
    async typing() {
      await api.customerService.setTyping(
        { touser: recipientOf(message), command: 'Typing' },
        { signal: abort.signal },
      );
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
