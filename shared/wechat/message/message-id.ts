import { hash } from 'node:crypto';
import type { Message } from './message.ts';

/**
 * The same for every delivery of a message, and another for every other message. WeChat repeats a
 * message under its MsgId and an event, which has none, with the same sender and time; two events of
 * one second differ in their name, their key, or the MsgID of what they report on. Hashed, since it
 * is stored and logged and names the sender.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
 */
export function messageId(message: Message): string {
  return hash('sha256', JSON.stringify(tellTale(message)), 'base64url').slice(0, 27);
}

function tellTale(message: Message): readonly unknown[] {
  const { openid, createdAt, raw } = message;
  if (message.type === 'event') return [openid, createdAt, raw.Event, raw.EventKey, raw.MsgID];
  // Without an id only all of it tells one message from the next.
  return message.msgId === '' ? [raw] : [openid, message.msgId];
}
