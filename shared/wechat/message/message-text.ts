import type { Fields } from '../fields.ts';
import { type Message, readMessage } from './message.ts';

/**
 * A message as it is stored: what WeChat calls its elements could not always be the name of a field
 * in a document.
 */
export function messageText(message: Message): string {
  return JSON.stringify(message.raw);
}

/** @throws MalformedError if it is no message */
export function messageFrom(text: string): Message {
  return readMessage(
    JSON.parse(text, (_, value: unknown) =>
      isPlain(value) ? withoutPrototype(value) : value,
    ) as Fields,
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutPrototype(value: object): unknown {
  return Object.assign(Object.create(null), value);
}
