import { AppError } from '../kernel/errors.ts';
import type { Message } from '../wechat/message/message.ts';

/**
 * How many customer-service messages a follower's act allows, and for how long after it.
 * https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
 */
interface Window {
  readonly sends: number;
  readonly ms: number;
}

const OF_MESSAGE: Window = { sends: 5, ms: 48 * 3_600_000 };
const OF_ACT: Window = { sends: 3, ms: 60_000 };

/** Events that open a window. Any other event says nothing about windows that may be open. */
const acts: ReadonlySet<string> = new Set([
  'subscribe',
  'SCAN',
  'CLICK',
  'scancode_push',
  'scancode_waitmsg',
]);

/**
 * Refuses what WeChat would refuse (45015, 45047), as far as the message shows it.
 *
 * @throws AppError `conflict` or `rate_limited`
 */
export function checkSendWindow(message: Message, sent: number, now: number): void {
  if (message.type === 'event' && message.event === 'unsubscribe') {
    throw new AppError('conflict', 'Nothing can be sent to someone who has unfollowed.');
  }
  const window = windowOf(message);
  if (!window) return;
  if (now - message.createdAt >= window.ms) {
    throw new AppError(
      'conflict',
      `WeChat accepts customer-service messages for ${window.ms / 60_000} minutes after what the follower did, and that time is over.`,
      { details: { isFinal: true } },
    );
  }
  if (sent >= window.sends) {
    throw new AppError(
      'rate_limited',
      `WeChat allows ${window.sends} customer-service messages after what the follower did, and all are sent; the follower's next message allows 5 more.`,
      { details: { isFinal: true } },
    );
  }
}

/** How many messages what the follower did allows at most. */
export function sendsOf(message: Message): number {
  return (windowOf(message) ?? OF_MESSAGE).sends;
}

function windowOf(message: Message): Window | undefined {
  if (message.type !== 'event') return OF_MESSAGE;
  return acts.has(message.event) ? OF_ACT : undefined;
}
