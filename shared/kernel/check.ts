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
    result.issues.map((issue) => describe(issue, label)),
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
  if (expected.startsWith('('))
    return `must be one of ${expected.slice(1, -1).split(' | ').join(', ')}`;
  if (!/^\w+$/.test(expected)) return `must be ${expected}`;
  return `must be ${/^[AO]/.test(expected) ? 'an' : 'a'} ${expected.toLowerCase()}`;
}

/** The path of a field, such as `button[1].key`. */
export function pathOf(keys: readonly unknown[], from = ''): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path ? `${path}.${String(key)}` : String(key);
  }, from);
}

function describe(issue: v.BaseIssue<unknown>, label: string | undefined): Issue {
  const items = issue.path ?? [];
  const keys = items.map(({ key }) => key);
  const path = pathOf(keys);
  const message = faultOf(issue);
  const names = items.map(({ key, value }) =>
    typeof key === 'number' ? nameIn(value, label) : '',
  );
  const named = names.findLastIndex((name) => name !== '') + 1;
  if (named === 0) return { path, message: after(path, message) };
  const item = `${pathOf(keys.slice(0, named))} ${JSON.stringify(clip(names[named - 1] ?? ''))}`;
  return { path, message: `${item}: ${after(pathOf(keys.slice(named)), message)}` };
}

function after(path: string, message: string): string {
  return path ? `${path} ${message}` : message;
}

function nameIn(item: unknown, label = ''): string {
  const name: unknown = Object.hasOwn(Object(item), label) ? Object(item)[label] : '';
  return typeof name === 'string' ? name : '';
}

function clip(text: string): string {
  const characters = [...text];
  return characters.length > LABEL_LENGTH ? `${characters.slice(0, LABEL_LENGTH).join('')}…` : text;
}
