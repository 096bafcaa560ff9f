import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../testing/any-text.ts';
import type { Value } from '../values.ts';
import { decodeValue, parseEjson, stringifyEjson } from './codec-ejson.ts';
import { encodeLegacy } from './codec-legacy.ts';
import { encodeRelaxed } from './codec-relaxed.ts';

const key = fc.string().filter((text) => !text.startsWith('$') && text !== '__proto__');

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double().filter((number) => !Object.is(number, -0)),
  anyText(),
  fc.date({ noInvalidDate: true }),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ) as fc.Arbitrary<Value>,
}));

describe('a value', () => {
  test('comes back from Extended JSON as it went', () => {
    fc.assert(
      fc.property(value, (original) => {
        expect(parseEjson(stringifyEjson(original), 0)).toEqual(original);
      }),
    );
  });

  test('comes back from relaxed Extended JSON as it went', () => {
    fc.assert(
      fc.property(value, (original) => {
        const text = JSON.stringify(encodeRelaxed(original));
        expect(decodeValue(JSON.parse(text), 0)).toEqual(original);
      }),
    );
  });

  test('comes back from the plain JSON of the older SDK, if its numbers are finite', () => {
    const hasFiniteNumbers = (text: string) => !text.includes('NaN') && !text.includes('Infinity');
    fc.assert(
      fc.property(
        value.filter((original) => hasFiniteNumbers(stringifyEjson(original))),
        (original) => {
          const text = JSON.stringify(encodeLegacy(original));
          expect(decodeValue(JSON.parse(text), 0)).toEqual(original);
        },
      ),
    );
  });
});

test('numbers are written canonically', () => {
  const write = (number: number) => JSON.parse(stringifyEjson(number));

  expect(write(2 ** 31 - 1)).toEqual({ $numberInt: '2147483647' });
  expect(write(2 ** 31)).toEqual({ $numberLong: '2147483648' });
  expect(write(1.5)).toEqual({ $numberDouble: '1.5' });
  expect(write(1e20)).toEqual({ $numberDouble: '100000000000000000000' });
  expect(write(Number.NaN)).toEqual({ $numberDouble: 'NaN' });
});

test('every spelling of a date is read', () => {
  const now = 1_000_000;
  const read = (json: unknown) => decodeValue(json, now);

  expect(read({ $date: { $numberLong: '5' } })).toEqual(new Date(5));
  expect(read({ $date: 5 })).toEqual(new Date(5));
  expect(read({ $date: '1970-01-01T00:00:00.005Z' })).toEqual(new Date(5));
  expect(read({ $date: { offset: -5 } })).toEqual(new Date(now - 5));
  expect(read({ $tcb_server_date: { offset: { $numberInt: '5' } } })).toEqual(new Date(now + 5));
  expect(() => read({ $date: 'soon' })).toThrow('not a date');
});

test('ids and patterns become what the service stores', () => {
  expect(decodeValue({ $oid: '507f1f77bcf86cd799439011' }, 0)).toBe('507f1f77bcf86cd799439011');
  expect(decodeValue({ $undefined: true }, 0)).toBeNull();
  expect(decodeValue({ $regularExpression: { pattern: 'a', options: 'gi' } }, 0)).toEqual(/a/i);
  expect(decodeValue({ $regex: 'a', $options: 'm' }, 0)).toEqual(/a/m);
  expect(() => decodeValue({ $regex: '(' }, 0)).toThrow('Regular expression is invalid');
});

test('a prototype cannot be reached', () => {
  expect(() => parseEjson('{"__proto__":{"polluted":true}}', 0)).toThrow('__proto__');
  expect(() => parseEjson('{"a":[{"b":{"__proto__":1}}]}', 0)).toThrow('__proto__');
});

test('text that is not JSON is refused', () => {
  expect(() => parseEjson('{', 0)).toThrow('Not JSON');
});
