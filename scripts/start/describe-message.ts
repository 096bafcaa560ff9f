import { readMessage } from '../../shared/wechat/message/message.ts';
import { parsePushBody } from '../../shared/wechat/push-body.ts';

/** A push as a handler gets it, less what is another one every time. */
export function describeMessage(body: string): object {
  const { fields } = parsePushBody(Buffer.from(body));
  const { raw: _, openid: __, originalId: ___, createdAt: ____, ...message } = readMessage(fields);
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'msgId'));
}
