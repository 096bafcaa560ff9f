import * as v from 'valibot';
import { Secret } from './secret.ts';

/** How the texts of environment variables become values. `undefined` is a missing or empty variable. */

const present = v.string('is missing');

export const text = (pattern: RegExp, expected: string) =>
  v.pipe(present, v.regex(pattern, `must be ${expected}`));

export const secret = (pattern: RegExp, expected: string) =>
  v.pipe(
    text(pattern, expected),
    v.transform((value) => new Secret(value)),
  );

export const oneOf = <const T extends readonly [string, ...string[]]>(options: T) =>
  v.picklist(options, `must be one of ${options.join(', ')}`);

export const wholeNumber = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    present,
    v.regex(/^\d{1,9}$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};

/** `2027-06-30`: the last day, in China; gives its end in ms since the epoch. */
export const lastDay = () =>
  v.pipe(
    present,
    v.check(isDay, 'must be a day such as 2027-06-30'),
    v.transform((day) => Date.parse(`${day}T24:00:00+08:00`)),
  );

export const url = () =>
  v.pipe(
    present,
    v.url('must be a URL'),
    v.regex(/^https?:\/\/[^?#]*$/, 'must be an http(s) URL without a query'),
    v.transform((value) => value.replace(/\/+$/, '')),
  );

/** The engine takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
