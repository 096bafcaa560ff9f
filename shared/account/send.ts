import type { Abort } from '../kernel/abort.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage, type Sendable } from '../wechat/custom-message.ts';
import type { Message } from '../wechat/message/message.ts';
import { checkSendWindow } from './send-window.ts';

export interface Sender {
  readonly send: (content: Sendable) => Promise<void>;
  readonly typing: () => Promise<void>;
}

/** Writes to the follower who sent the message, and to no other. */
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
      const outgoing = customMessage(message.openid, content);
      sent += 1;
      await api.customerService.send(outgoing, { signal: abort.signal });
    },
    async typing() {
      await api.customerService.setTyping(
        { touser: message.openid, command: 'Typing' },
        { signal: abort.signal },
      );
    },
  };
}
