import { createCipheriv, createDecipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AES_BLOCK, AesCbc } from './aes-cbc.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const block = fc.uint8Array({ minLength: AES_BLOCK, maxLength: AES_BLOCK });
const blocks = fc.array(block, { minLength: 1, maxLength: 40 }).map((list) => Buffer.concat(list));

const framed = (ciphertext: Uint8Array) => Buffer.concat([Buffer.alloc(AES_BLOCK), ciphertext]);
/** One context, asked as a fresh one is asked. */
const kept = (key: Buffer, iv: Buffer) => {
  const aes = new AesCbc(key, iv);
  return {
    encrypt: (text: Buffer) => aes.encrypt(Buffer.from(text)),
    decrypt: (text: Buffer) => aes.decrypt(framed(text)).subarray(AES_BLOCK),
  };
};

const fresh = {
  encrypt: (key: Buffer, iv: Buffer, text: Buffer) => {
    const aes = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    return Buffer.concat([aes.update(text), aes.final()]);
  },
  decrypt: (key: Buffer, iv: Buffer, text: Buffer) => {
    const aes = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    return Buffer.concat([aes.update(text), aes.final()]);
  },
};

describe('one context for all messages', () => {
  test('gives what NIST SP 800-38A (F.2.5, F.2.6) gives, time after time', () => {
    const key = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
    const iv = '000102030405060708090a0b0c0d0e0f';
    const plaintext =
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
    const ciphertext =
      'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b';
    const aes = kept(Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));

    for (let time = 0; time < 3; time += 1) {
      expect(aes.encrypt(Buffer.from(plaintext, 'hex')).toString('hex')).toBe(ciphertext);
      expect(aes.decrypt(Buffer.from(ciphertext, 'hex')).toString('hex')).toBe(plaintext);
    }
  });

  test('gives what a fresh context gives for each, in whichever order', () => {
    const act = fc.record({ way: fc.constantFrom('encrypt', 'decrypt'), text: blocks });
    let acts = 0;

    fc.assert(
      fc.property(key, block, fc.array(act, { minLength: 1 }), (key, bytes, list) => {
        const iv = Buffer.from(bytes);
        const aes = kept(key, iv);
        for (const { way, text } of list) {
          acts += 1;
          const expected = fresh[way](key, iv, text);
          expect(aes[way](text).equals(expected)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );

    expect(acts).toBeGreaterThan(10_000);
  });

  test.each([0, 1, 15, 17, 31])('refuses %i bytes, and is as good as new after that', (length) => {
    const [key, iv] = [Buffer.alloc(32, 1), Buffer.alloc(AES_BLOCK, 2)];
    const aes = kept(key, iv);

    for (const way of ['encrypt', 'decrypt'] as const) {
      const text = Buffer.alloc(64, 3);
      expect(() => aes[way](Buffer.alloc(length))).toThrow(RangeError);
      expect(aes[way](text)).toEqual(fresh[way](key, iv, text));
    }
  });
});
