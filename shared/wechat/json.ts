import { idFields } from './catalogue/ids.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /^-?\d+$/;
const HEX4 = /^[0-9a-fA-F]{4}$/;
const SIMPLE_ESCAPES = '"\\/bfnrt';
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Parses an answer of WeChat, which is not always JSON. Integers too wide for a number, and ids always,
 * come as strings of their digits. Control characters and wrong escapes inside strings, which
 * followers can cause by their names, are taken as the characters they are.
 *
 * @throws SyntaxError if it is not JSON even then.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(repair(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text));
}

function repair(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let key = '';
  let at = 0;

  function replace(from: number, to: number, replacement: string): void {
    pieces.push(text.slice(copied, from), replacement);
    copied = to;
  }

  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      const start = at + 1;
      at = skipString(text, start, replace);
      if (isKey(text, at)) key = text.slice(start, at - 1);
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(text)?.[0] ?? char;
      const end = at + number.length;
      if (INTEGER.test(number) && (idFields.has(key) || !Number.isSafeInteger(Number(number)))) {
        replace(at, end, `"${number}"`);
      }
      at = end;
    } else {
      if (char === '}' || char === ']') key = '';
      at += 1;
    }
  }
  return copied === 0 ? text : pieces.join('') + text.slice(copied);
}

/** Returns the place behind the closing quote. */
function skipString(
  text: string,
  start: number,
  replace: (from: number, to: number, replacement: string) => void,
): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) {
      const length = escapeLength(text, at);
      if (length === 1) replace(at, at + 1, '\\\\');
      at += length;
    } else {
      if (code < 0x20) replace(at, at + 1, `\\u${code.toString(16).padStart(4, '0')}`);
      at += 1;
    }
  }
  return at;
}

/** 2 or 6 for an escape of JSON; 1 for a backslash that only looks like one. */
function escapeLength(text: string, at: number): 1 | 2 | 6 {
  const next = text.charAt(at + 1);
  if (next === 'u') return HEX4.test(text.slice(at + 2, at + 6)) ? 6 : 1;
  return next !== '' && SIMPLE_ESCAPES.includes(next) ? 2 : 1;
}

function isKey(text: string, at: number): boolean {
  let next = at;
  while (' \t\r\n'.includes(text.charAt(next)) && next < text.length) next += 1;
  return text.charAt(next) === ':';
}

const ESCAPE = /\\(?:u([0-9a-f]{4})|.)/g;
const DIGITS = /^\d{1,19}$/;

/**
 * Writes JSON without a single `\u`, which WeChat refuses (40033, 47002) or shows as it stands:
 * control characters are dropped and halves of characters replaced. `numericIds` are fields at the
 * top whose digits go out as a bare number.
 */
export function encodeJson(value: unknown, numericIds: readonly string[] = []): string {
  if (numericIds.length === 0 || typeof value !== 'object' || value === null) {
    return withoutUnicodeEscapes(JSON.stringify(value));
  }
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const isId = numericIds.includes(name) && typeof field === 'string' && DIGITS.test(field);
    const text = isId ? BigInt(field).toString() : JSON.stringify(field);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return withoutUnicodeEscapes(`{${fields.join(',')}}`);
}

/** `JSON.stringify` escapes by `\u` only control characters and lone surrogates. */
function withoutUnicodeEscapes(json: string): string {
  return json.replace(ESCAPE, (found, hex: string | undefined) => {
    if (hex === undefined) return found;
    return hex.startsWith('d') ? '\uFFFD' : '';
  });
}
