import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { checked } from './check.ts';
import { AppError } from './errors.ts';

const schema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.check((name) => name !== 'secret'),
  ),
  ages: v.array(v.pipe(v.number(), v.minValue(18))),
  size: v.picklist(['S', 'L']),
  nick: v.optional(v.pipe(v.string(), v.startsWith('x', 'must start with x'))),
});

function refusalOf(value: unknown): AppError {
  try {
    checked(schema, value, { what: 'The person' });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

test.each<[object, string]>([
  [{ name: 'secret' }, 'name is not valid'],
  [{ name: { first: 'secret' } }, 'name must be a string'],
  [{ name: undefined }, 'name is missing'],
  [{ ages: 'secret' }, 'ages must be an array'],
  [{ ages: [20, 17] }, 'ages[1] must be >=18'],
  [{ size: 'secret' }, 'size must be one of "S", "L"'],
  [{ nick: 'secret' }, 'nick must start with x'],
  [{ age: 'secret' }, 'age is not known here'],
])('%j is refused in words that do not quote it: %s', (change, message) => {
  const refusal = refusalOf({ name: 'Ann', ages: [], size: 'S', ...change });

  expect(refusal).toMatchObject({ code: 'invalid', details: { issues: [{ message }] } });
  expect(refusal.message).toBe(`The person is not valid:\n- ${message}`);
});

test('everything that is wrong is said at once', () => {
  expect(refusalOf({ ages: 1 }).details.issues).toEqual([
    { path: 'name', message: 'name is missing' },
    { path: 'ages', message: 'ages must be an array' },
    { path: 'size', message: 'size is missing' },
  ]);
});

test('of a long list the first twenty are told', () => {
  const refusal = refusalOf({ name: 'Ann', ages: new Array(50).fill(1), size: 'S' });

  expect(refusal.details.issues).toHaveLength(20);
  expect(refusal.message).toContain('ages[19] must be >=18\n- and 30 more');
});

test('a value that fits comes back', () => {
  const person = { name: 'Ann', ages: [20], size: 'S' };

  expect(checked(schema, person, { what: 'The person' })).toEqual(person);
});
