import { AppError } from '../kernel/errors.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage, type Sendable } from '../wechat/custom-message.ts';
import type { Message } from '../wechat/message/message.ts';

/**
 * How many customer-service messages one message of a follower allows, in the 48 hours after it.
 * https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
 */
export const SENDS_PER_MESSAGE = 5;

export interface Sender {
  readonly send: (content: Sendable) => Promise<void>;
  readonly typing: () => Promise<void>;
}

/** Writes to the follower who sent the message, and to nobody else. */
export function createSender(message: Message, api: Api, signal: AbortSignal): Sender {
  let sent = 0;

  return {
    async send(content) {
      refuseHopeless(message, sent);
      const outgoing = customMessage(message.openid, content);
      sent += 1;
      await api.customerService.send(outgoing, { signal });
    },
    async typing() {
      await api.customerService.setTyping(
        { touser: message.openid, command: 'Typing' },
        { signal },
      );
    },
  };
}

/** What WeChat would refuse whatever else the follower has done lately (45015, 45047). */
function refuseHopeless(message: Message, sent: number): void {
  if (message.type === 'event' && message.event === 'unsubscribe') {
    throw new AppError('conflict', 'Nothing can be sent to someone who has unfollowed.');
  }
  if (message.type !== 'event' && sent >= SENDS_PER_MESSAGE) {
    throw new AppError(
      'rate_limited',
      `WeChat allows ${SENDS_PER_MESSAGE} customer-service messages after a message of a follower; the next message allows as many again.`,
    );
  }
}
