import type { Eventual } from '../kernel/eventual.ts';
import {
  ElementCount,
  emptyFields,
  type Field,
  MalformedError,
  type PushFields,
} from './fields.ts';
import { parseJson } from './json.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_DEPTH, MAX_PUSH_LIST } from './limits.ts';
import { parseXml } from './xml.ts';

/** The notation of a push; the reply uses the same. */
export type Notation = 'xml' | 'json';

/** A body of which nothing is read yet but its notation. */
export interface PushText {
  readonly notation: Notation;
  readonly text: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The body of a push as text. WeChat sends XML; the debug tool of its console can send JSON.
 *
 * @throws MalformedError
 */
export function decodePush(body: string | Uint8Array): PushText {
  if (isTooLong(body)) throw new MalformedError('body: too large');
  // In a text half a character would be what it is in bytes: U+FFFD.
  const text = (typeof body === 'string' ? body.toWellFormed() : decode(body)).trim();
  return { notation: text.startsWith('{') ? 'json' : 'xml', text };
}

/** A short text is short in bytes too, which then need not be counted: three are the most of a code unit. */
function isTooLong(body: string | Uint8Array): boolean {
  if (body.length * 3 <= MAX_PUSH_BYTES) return false;
  return (typeof body === 'string' ? Buffer.byteLength(body) : body.length) > MAX_PUSH_BYTES;
}

/** @throws MalformedError */
export function parsePush({ notation, text }: PushText): Eventual<PushFields> {
  return notation === 'json' ? parseJsonFields(text) : parseXml(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new MalformedError('body: not UTF-8', { cause: error });
  }
}

function parseJsonFields(text: string): PushFields {
  try {
    return readObject(parseJson(text) as object, 1, new ElementCount());
  } catch (error) {
    if (error instanceof MalformedError) throw error;
    throw new MalformedError('JSON: not well-formed', { cause: error });
  }
}

function readObject(value: object, depth: number, count: ElementCount): PushFields {
  const fields = emptyFields();
  for (const [name, item] of Object.entries(value)) {
    const field = readValue(item, depth + 1, count);
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

/** `null` says that there is nothing. */
function readValue(value: unknown, depth: number, count: ElementCount): Field | undefined {
  count.add();
  if (depth > MAX_PUSH_DEPTH) throw new MalformedError('JSON: too deep');
  if (value === null) return undefined;
  if (!Array.isArray(value)) {
    return typeof value === 'object' ? readObject(value, depth, count) : String(value);
  }
  if (value.length > MAX_PUSH_LIST) throw new MalformedError('body: too long a list');
  return value
    .map((item) => readValue(item, depth + 1, count))
    .filter((item) => item !== undefined);
}
