import { AppError } from '../kernel/errors.ts';
import { customMessage } from '../wechat/custom-message.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';

/** @throws AppError `invalid` for a reply that WeChat takes only in the response to the message */
export function checkSendable(message: Message, reply: Reply): void {
  if (reply.type === 'transfer_customer_service' || reply.type === 'transfer_biz_ai_ivr') {
    throw new AppError(
      'invalid',
      'A message can be transferred only in the response to it, and the worker runs this handler after that response. Reply with transfer() or transferToAi() in a route that is not deferred.',
    );
  }
  customMessage(message.openid, reply);
}
