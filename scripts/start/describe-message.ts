import { readMessage } from '../../shared/wechat/message/message.ts';
import { parseAnyXml } from '../../shared/wechat/xml-parser.ts';

/** A push as a handler gets it, less what is another one every time. */
export function describeMessage(xml: string): object {
  const {
    raw: _,
    openid: __,
    originalId: ___,
    createdAt: ____,
    ...message
  } = readMessage(parseAnyXml(xml));
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'msgId'));
}
