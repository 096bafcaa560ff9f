import { describe, expect, test } from '@jest/globals';
import * as wecom from '@wecom/crypto';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import {
  cipherVectors,
  plainVector,
  sampleVector,
} from '../../scripts/testing/callback/push-vectors.ts';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { Secret } from '../kernel/secret.ts';
import { CipherError, createCipher } from './cipher.ts';
import { decodePush, parsePush } from './push-body.ts';
import { isSignature, sign } from './signature.ts';

const { own } = cipherVectors;
const account = { appid: own.appid, encodingAesKey: new Secret(own.encodingAesKey) };
const cipher = createCipher(account);

describe('published vectors', () => {
  test('plain signature', () => {
    const { token, timestamp, nonce, signature } = plainVector;

    expect(sign(new Secret(token), timestamp, nonce)).toBe(signature);
  });

  test.each(Object.entries(cipherVectors))('%s: ciphertext both ways, signatures', (_, vector) => {
    const token = new Secret(vector.token);
    const fixed = createCipher(
      { appid: vector.appid, encodingAesKey: new Secret(vector.encodingAesKey) },
      () => Buffer.from(vector.random),
    );

    expect(fixed.encrypt(vector.message)).toBe(vector.encrypted);
    expect(fixed.decrypt(vector.encrypted).toString()).toBe(vector.message);
    expect(sign(token, vector.timestamp, vector.nonce, vector.encrypted)).toBe(vector.msgSignature);
    if ('signature' in vector) {
      expect(sign(token, vector.timestamp, vector.nonce)).toBe(vector.signature);
    }
  });

  test('the sample of WXBizMsgCrypt', async () => {
    const { token, timestamp, nonce, encrypted } = sampleVector;
    const sample = createCipher({
      appid: sampleVector.appid,
      encodingAesKey: new Secret(sampleVector.encodingAesKey),
    });

    const message = sample.decrypt(encrypted);

    expect(message).toHaveLength(sampleVector.messageBytes);
    const fields = await parsePush(decodePush(message));
    expect(fields).toMatchObject({ Content: 'hello', MsgId: sampleVector.msgId });
    expect(sign(new Secret(token), timestamp, nonce, encrypted)).toBe(sampleVector.msgSignature);
  });
});

describe('an independent implementation', () => {
  test('opens what we seal, and we open what it seals', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const message = text.toWellFormed();
        const theirs = wecom.encrypt(own.encodingAesKey, message, own.appid);

        expectSame(cipher.decrypt(theirs).toString(), message);
        const opened = wecom.decrypt(own.encodingAesKey, cipher.encrypt(message));
        expectSame([opened.message, opened.id], [message, own.appid]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('signs as we do', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (timestamp, nonce, encrypted) => {
        expectSame(
          sign(new Secret(own.token), timestamp, nonce, encrypted),
          wecom.getSignature(own.token, timestamp, nonce, encrypted),
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('decrypt', () => {
  test('refuses any change to a ciphertext with a CipherError, or gives another message', () => {
    const encrypted = Buffer.from(cipher.encrypt('<xml>hello</xml>'), 'base64');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: encrypted.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const changed = Buffer.from(encrypted);
          changed[at] = (changed[at] ?? 0) ^ flip;
          // Random bytes and message are not authenticated by AES-CBC: that is msg_signature's task.
          const opened = attempt(() => cipher.decrypt(changed.toString('base64')));
          expectSame(opened instanceof TypeError, false);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('answers any text at all with a CipherError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expectSame(attempt(() => cipher.decrypt(text)) instanceof CipherError, true);
      }),
      { numRuns: 20_000 },
    );
  });

  test('refuses a message that was sealed for another account', () => {
    const other = createCipher({ ...account, appid: 'wxffffffffffffffff' });

    expect(() => cipher.decrypt(other.encrypt('hello'))).toThrow(new CipherError('appid'));
  });

  test('refuses every truncation', () => {
    const encrypted = Buffer.from(cipher.encrypt('hello'), 'base64');

    for (let length = 0; length < encrypted.length; length += 1) {
      const truncated = encrypted.subarray(0, length).toString('base64');
      expect(attempt(() => cipher.decrypt(truncated))).toBeInstanceOf(CipherError);
    }
  });
});

test('isSignature takes only the whole signature', () => {
  const { signature } = plainVector;

  expect(isSignature(signature, signature)).toBe(true);
  expect(isSignature(signature, signature.toUpperCase())).toBe(false);
  expect(isSignature(signature, signature.slice(0, -1))).toBe(false);
  expect(isSignature(signature, '')).toBe(false);
  expect(isSignature(signature, undefined)).toBe(false);
});

test('isSignature takes no other text, whatever was compared before', () => {
  const { signature } = plainVector;
  const digit = fc.constantFrom(...'0123456789abcdef', 'š', '你', '\ud83d\ude00', '\0');
  const texts = fc.oneof(
    fc.array(digit, { minLength: 38, maxLength: 40 }).map((digits) => digits.join('')),
    fc
      .tuple(fc.nat(39), digit)
      .map(([at, other]) => signature.slice(0, at) + other + signature.slice(at + other.length)),
  );

  fc.assert(
    fc.property(fc.array(texts, { minLength: 1 }), (list) => {
      for (const text of [...list, signature]) {
        expect(isSignature(signature, text)).toBe(text === signature);
      }
    }),
    { numRuns: 1_000 },
  );
});

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
