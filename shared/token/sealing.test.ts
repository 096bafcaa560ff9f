import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { accountConfig } from '../../scripts/testing/token/token-fixture.ts';
import { AppError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import { createSealer } from './sealing.ts';

const { appid, appsecret } = accountConfig;
const sealer = createSealer({ appid, key: appsecret });
const label = { purpose: 'stable_token', generation: 7 };

function reasonOf(open: () => unknown): unknown {
  try {
    open();
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return error.details.reason;
    throw error;
  }
  return 'opened';
}

describe('sealer', () => {
  test('opens what it sealed, and shows nothing of it in between', () => {
    fc.assert(
      fc.property(anyText({ minLength: 8 }), fc.nat(), (text, generation) => {
        const sealed = sealer.seal({ purpose: 'a', generation }, new Secret(text));

        expect(sealer.open({ purpose: 'a', generation }, sealed).reveal()).toBe(
          Buffer.from(text).toString(),
        );
        expect(sealed).not.toContain(text);
      }),
    );
  });

  test('never seals the same text twice the same way', () => {
    const secret = new Secret('a token');

    expect(sealer.seal(label, secret)).not.toBe(sealer.seal(label, secret));
  });

  test('refuses every change of a single character', () => {
    const sealed = sealer.seal(label, new Secret('a token of some length'));

    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom(...'ABCxyz019-_.= ä'),
        (at, character) => {
          fc.pre(sealed[at] !== character);
          const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
          expect(reasonOf(() => sealer.open(label, changed))).toMatch(/^(tampered|key)$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('refuses any text that it did not seal, and any part of one that it did', () => {
    const sealed = sealer.seal(label, new Secret('a token'));

    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat(sealed.length - 1)), (odd) => {
        const text = typeof odd === 'string' ? odd : sealed.slice(0, odd);
        expect(reasonOf(() => sealer.open(label, text))).toMatch(/^(tampered|key)$/);
      }),
    );
  });

  test('is bound to the account, the purpose and the generation', () => {
    const sealed = sealer.seal(label, new Secret('a token'));
    const other = createSealer({ appid: 'wxfedcba9876543210', key: appsecret });

    expect(reasonOf(() => sealer.open({ ...label, generation: 8 }, sealed))).toBe('tampered');
    expect(reasonOf(() => sealer.open({ ...label, purpose: 'jsapi_ticket' }, sealed))).toBe(
      'tampered',
    );
    expect(reasonOf(() => other.open(label, sealed))).toBe('key');
  });

  test('tells a changed AppSecret from tampering, and names neither secret', () => {
    const renewed = createSealer({ appid, key: new Secret('f'.repeat(32)) });
    const sealed = sealer.seal(label, new Secret('a token'));

    expect(reasonOf(() => renewed.open(label, sealed))).toBe('key');
    expect(() => renewed.open(label, sealed)).toThrow(/sealed under another AppSecret/);
    expect(renewed.keyId).not.toBe(sealer.keyId);
    expect(appsecret.reveal()).not.toContain(sealer.keyId);
  });
});
