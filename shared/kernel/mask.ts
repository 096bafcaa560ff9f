import type { Secret } from './secret.ts';

const MASK = '[secret]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_STRING = 2_000;

/** The names that WeChat, CloudBase and fuwuhao give to secrets. */
const SECRET_NAME =
  /(access_?token|refresh_?token|session_?token|app_?secret|secret(_?key|_?id)?|^token$|ticket|signature|aes_?key|authorization|password|api_?key|cookie)/i;

/**
 * The last net, over each piece of a line: the text of a network error may hold `access_token=…`. In
 * nested JSON quotes are escaped, once for each level.
 */
const SECRET_IN_TEXT =
  /((?:access_?token|refresh_?token|session_?token|app_?secret|secret(?:_?key|_?id)?|signature|ticket|aes_?key|api_?key|password|cookie|echostr|authorization)\\*["']?\s*[=:]\s*\\*["']?(?:(?:Bearer|Basic)\s+)?)[^\s&"'\\,;}]+/gi;

export function mask(line: string): string {
  return line.replace(SECRET_IN_TEXT, `$1${MASK}`);
}

/** The same net, which also knows some secrets by their values, wherever in a line these stand. */
export function maskWith(secrets: readonly Secret[]): (line: string) => string {
  const values = secrets.flatMap((secret) => formsOf(secret.reveal()));
  if (values.length === 0) return mask;
  return (line) => values.reduce((text, value) => text.replaceAll(value, MASK), mask(line));
}

/** A value as a line may have it: in JSON, in JSON inside of that, and in a URL. The longest first. */
function formsOf(value: string): readonly string[] {
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  const forms = [quoted(value), quoted(quoted(value)), encodeURIComponent(value)];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/**
 * Any value as plain, small JSON: cycles cut, depth, length and count bounded, secret names masked.
 * A log line must not break, grow without end, or call code that a value brought along.
 */
export function plain(
  value: unknown,
  depth = 0,
  above: readonly object[] = NOTHING_ABOVE,
): unknown {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_STRING ? `${value.slice(0, MAX_STRING)}…` : value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return '[function]';
  }
  if (value === null || value === undefined) return value;
  if (above.includes(value)) return '[cycle]';
  if (depth === MAX_DEPTH) return '[deep]';
  try {
    return plainObject(value, depth, [...above, value]);
  } catch {
    return '[unreadable]';
  }
}

const NOTHING_ABOVE: readonly object[] = [];

/** The same for the value of a field, whose name may tell that the value is a secret. */
export function plainField(
  name: string,
  value: unknown,
  depth = 1,
  above = NOTHING_ABOVE,
): unknown {
  return SECRET_NAME.test(name) ? MASK : plain(value, depth, above);
}

function plainObject(value: object, depth: number, above: readonly object[]): unknown {
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return plain(describe(value), depth, above);
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => plain(item, depth + 1, above));
  }
  // A Date, a URL or a Secret gives its own JSON. It may throw; the caller catches that.
  if ('toJSON' in value && typeof value.toJSON === 'function') return String(value.toJSON());
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, plainField(name, item, depth + 1, above)]),
  );
}

/**
 * The parts of an error that say what happened; only an `AppError` has `code` and `details`, and only an
 * `AggregateError` has several.
 */
function describe(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const { code, details } = error as { code?: unknown; details?: unknown };
  const errors = error instanceof AggregateError ? error.errors : undefined;
  return { name, code, message, details, stack, cause, errors };
}
