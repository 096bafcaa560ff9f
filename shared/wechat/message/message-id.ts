import { hash } from 'node:crypto';
import { sortTexts } from '../../kernel/sort-texts.ts';
import { emptyFields, type Field, type PushFields } from '../fields.ts';
import { type Message, readMessage } from './message.ts';

/**
 * The same for every delivery of a message, and another for every other message. WeChat repeats a
 * message under its MsgId. An event has none, so its id comes from all that WeChat says of it: two
 * events of one sender and one second differ in some field, which may be one that has no name here.
 * The id is a hash because it is stored and logged, and what it is made of names the sender.
 *
 * An instance of an earlier release writes the fields of an event in another way. So an event whose
 * first delivery met such an instance is not known again when its repeat meets this one: a matter of
 * the 15 s after a deploy in which WeChat still repeats.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
 */
export function messageId(message: Message): string {
  if (last?.message !== message) {
    last = { message, id: hash('sha256', identityOf(message), 'base64url').slice(0, 27) };
  }
  return last.id;
}

/** By what the log names a message: WeChat's own id where there is one. */
export function loggedId(message: Message): string {
  return message.type === 'event' ? messageId(message) : (message.msgId ?? messageId(message));
}

/** The log, the inbox and the queue ask for the id of one message, one after the other. */
let last: { readonly message: Message; readonly id: string } | undefined;

function identityOf(message: Message): string {
  if (message.type !== 'event' && message.msgId !== undefined)
    return JSON.stringify([message.openid, message.msgId]);
  return JSON.stringify(inOneOrder(message.raw, notSaid));
}

/** In compat mode the ciphertext, which is another in each delivery, stands beside the fields. */
const notSaid = 'Encrypt';

/**
 * A tree whose names have one order, whatever the order in which they came: WeChat promises none, and no
 * event means something else in another. The items of a list keep theirs. A copy that the engine writes
 * at once costs less than half of a text that is joined of pieces.
 */
function inOneOrder(field: Field, without?: string): Field {
  if (typeof field === 'string') return field;
  if (isList(field)) return field.map((item) => inOneOrder(item));
  const fields = emptyFields();
  for (const name of sortTexts(Object.keys(field))) {
    if (name !== without) fields[name] = inOneOrder(field[name] ?? '');
  }
  return fields;
}

const isList = (field: PushFields | readonly Field[]): field is readonly Field[] =>
  Array.isArray(field);

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
