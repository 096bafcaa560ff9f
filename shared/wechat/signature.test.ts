import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../kernel/secret.ts';
import { isSignature, sign } from './signature.ts';

/** As WeChat describes it. https://developers.weixin.qq.com/doc/service/guide/dev/push/ */
const described = (...parts: string[]) =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex');

const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
  // About as long as parts are joined as texts, and as the buffer holds.
  ...[250, 256, 262, 2_600, 2_731, 8_190, 8_192, 9_000].map((length) =>
    fc.constantFrom('a'.repeat(length), '你'.repeat(length)),
  ),
);

test('of any parts the signature is the one that WeChat describes', () => {
  const parts = fc.tuple(part, part, fc.option(part, { nil: undefined }));

  fc.assert(
    fc.property(fc.string({ minLength: 1 }), parts, (token, [timestamp, nonce, encrypted]) => {
      const given = [timestamp, nonce, ...(encrypted === undefined ? [] : [encrypted])];

      expect(sign(new Secret(token), timestamp, nonce, encrypted)).toBe(described(token, ...given));
    }),
  );
});

test('only the very same digits are the signature', () => {
  const expected = sign(new Secret('token'), '1764000000', 'nonce');

  expect(isSignature(expected, expected)).toBe(true);
  expect(isSignature(expected, undefined)).toBe(false);
  expect(isSignature(expected, '')).toBe(false);
  expect(isSignature(expected, expected.toUpperCase())).toBe(false);
  expect(isSignature(expected, `${expected}0`)).toBe(false);
  for (let at = 0; at < expected.length; at += 1) {
    const changed = expected[at] === '0' ? '1' : '0';
    expect(isSignature(expected, expected.slice(0, at) + changed + expected.slice(at + 1))).toBe(
      false,
    );
    // The digit's own code, and 256 more.
    const other = String.fromCharCode((expected.codePointAt(at) ?? 0) + 256);
    expect(isSignature(expected, expected.slice(0, at) + other + expected.slice(at + 1))).toBe(
      false,
    );
  }
});
