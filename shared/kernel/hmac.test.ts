import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { HmacSha256 } from './hmac.ts';

const key = fc.uint8Array({ maxLength: 64 });
const text = fc.oneof(
  anyText(),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((part) => part.repeat(1_500)),
);

describe('HMAC-SHA256', () => {
  test('gives what RFC 4231 (test case 1) gives', () => {
    const mac = new HmacSha256(Buffer.alloc(20, 0x0b)).digest('Hi There');

    expect(Buffer.from(mac, 'base64url').toString('hex')).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
  });

  test('gives what node:crypto gives, text after text under one key', () => {
    fc.assert(
      fc.property(key, fc.array(text, { minLength: 1 }), (bytes, texts) => {
        const hmac = new HmacSha256(bytes);
        for (const each of texts) {
          const expected = createHmac('sha256', bytes).update(each).digest('base64url');
          expect(hmac.digest(each)).toBe(expected);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('refuses a key that is longer than a block', () => {
    expect(() => new HmacSha256(new Uint8Array(65))).toThrow(RangeError);
  });
});
