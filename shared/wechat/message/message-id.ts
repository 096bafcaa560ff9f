import { hash } from 'node:crypto';
import type { PushFields } from '../fields.ts';
import { type Message, readMessage } from './message.ts';

/**
 * The same for every delivery of a message, and another for every other message. WeChat repeats a
 * message under its MsgId and an event, which has none, with the same sender and time; two events of
 * one second differ in their name, their key, or the MsgID of what they report on. The id is a hash
 * because it is stored and logged, and what it is made of names the sender.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
 */
export function messageId(message: Message): string {
  return hash('sha256', JSON.stringify(identityOf(message)), 'base64url').slice(0, 27);
}

function identityOf(message: Message): readonly unknown[] {
  const { openid, createdAt, raw } = message;
  if (message.type === 'event') return [openid, createdAt, raw.Event, raw.EventKey, raw.MsgID];
  // Without an id only all of it tells one message from the next.
  return message.msgId === '' ? [raw] : [openid, message.msgId];
}

/**
 * A message as one string, for a document: not every name that WeChat gives an element may be the
 * name of a field there.
 */
export function serializeMessage(message: Message): string {
  return JSON.stringify(message.raw);
}

/** @throws MalformedError if the string holds no message */
export function parseMessage(serialized: string): Message {
  return readMessage(
    JSON.parse(serialized, (_, value: unknown) =>
      isPlain(value) ? withoutPrototype(value) : value,
    ) as PushFields,
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutPrototype(value: object): unknown {
  return Object.assign(Object.create(null), value);
}
