import * as v from 'valibot';
import { AppError } from './errors.ts';

export interface CheckOptions {
  /** What is being checked, as the first words of the message: `The menu`. */
  readonly what: string;
  /** The field by which a person knows a list item, such as `name`; the message gives it too. */
  readonly label?: string;
}

/** The place of a mistake, such as `button[1].key`, and a sentence for a person. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

const LABEL_LENGTH = 24;

/** A list of ten thousand may be wrong in every item. */
const MAX_ISSUES = 20;

/**
 * Checks a value by a schema, and reports all mistakes at once, or the first twenty of them.
 *
 * @throws AppError `invalid` with `details.issues`, a list of {@link Issue}.
 */
export function checked<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  { what, label }: CheckOptions,
): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw invalid(
    what,
    result.issues.map((issue) => describe(issue, value, label)),
  );
}

export function invalid(what: string, issues: readonly Issue[]): AppError {
  const told = issues.slice(0, MAX_ISSUES);
  const lines = told.map(({ message }) => `\n- ${message}`).join('');
  const more = issues.length > told.length ? `\n- and ${issues.length - told.length} more` : '';
  return new AppError('invalid', `${what} is not valid:${lines}${more}`, {
    details: { issues: told },
  });
}

/**
 * What is wrong, in words that go after the name of the field. A schema's own message is taken as it
 * is; valibot's would quote the value, which may be an openid, and this ends up in a log.
 */
export function faultOf({ message, expected, received }: v.BaseIssue<unknown>): string {
  if (!/^Invalid [\w ]+: (Expected|Received) /.test(message)) return message;
  if (expected === 'never') return 'is not known here';
  if (received === 'undefined') return 'is missing';
  if (!expected) return 'is not valid';
  if (!/^\w+$/.test(expected)) return `must be ${expected}`;
  return `must be ${/^[AO]/.test(expected) ? 'an' : 'a'} ${expected.toLowerCase()}`;
}

function describe(issue: v.BaseIssue<unknown>, root: unknown, label = ''): Issue {
  const message = faultOf(issue);
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const where = keys.reduce<string>(append, '');
  const found = deepestLabel(keys, root, label);
  if (!found) return { path: where, message: where ? `${where} ${message}` : message };
  const position = keys.slice(0, found.depth).reduce<string>(append, '');
  const rest = keys.slice(found.depth).reduce<string>(append, '');
  const name = JSON.stringify(clip(found.text));
  return {
    path: where,
    message: `${position ? `${position} ` : ''}${name}: ${rest ? `${rest} ` : ''}${message}`,
  };
}

/** The label of the innermost list item on the path that has one. */
function deepestLabel(keys: readonly unknown[], root: unknown, label: string) {
  let found: { readonly depth: number; readonly text: string } | undefined;
  let value = root;
  for (let depth = 0; ; depth += 1) {
    const isItem = typeof keys[depth - 1] === 'number';
    const text = isItem && label ? own(value, label) : undefined;
    if (typeof text === 'string' && text !== '') found = { depth, text };
    if (depth === keys.length) return found;
    value = own(value, keys[depth]);
  }
}

function own(value: unknown, key: unknown): unknown {
  return Object.hasOwn(Object(value), key as PropertyKey) ? Object(value)[String(key)] : undefined;
}

function append(path: string, key: unknown): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path ? `${path}.${String(key)}` : String(key);
}

function clip(text: string): string {
  const characters = [...text];
  return characters.length > LABEL_LENGTH ? `${characters.slice(0, LABEL_LENGTH).join('')}…` : text;
}
