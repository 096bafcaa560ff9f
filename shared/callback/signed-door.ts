import { type Eventual, whenDone } from '../kernel/eventual.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Config } from '../kernel/settings.ts';
import { type Cipher, CipherError, createCipher } from '../wechat/cipher.ts';
import { findEncrypted } from '../wechat/envelope.ts';
import type { Message } from '../wechat/message/message.ts';
import { decodePush, type PushText, parsePush } from '../wechat/push-body.ts';
import { isSignature, sign } from '../wechat/signature.ts';
import type { XmlTree } from '../wechat/xml.ts';
import {
  type OpenedPush,
  type PushDoor,
  RefusedError,
  type WrittenAnswer,
  writeAnswer,
} from './push-door.ts';
import { REPEATS_ALLOWANCE_MS } from './timing.ts';

export type SignedDoorConfig = Pick<
  Config,
  'appid' | 'token' | 'mode' | 'encodingAesKey' | 'timestampWindowSeconds'
>;

/** Nothing but the two forms that WeChat sends, so that no part of the one can pass for the other. */
const TIMESTAMP = /^\d{10}$/;
const NONCE = /^[A-Za-z0-9]{1,64}$/;

/** The door of an account with a server of its own: WeChat signs every request, and may seal the body. */
export class SignedDoor implements PushDoor {
  readonly #config: SignedDoorConfig;
  readonly #cipher: Cipher | undefined;

  constructor(config: SignedDoorConfig) {
    const { appid, encodingAesKey } = config;
    this.#config = config;
    this.#cipher = encodingAesKey && createCipher({ appid, encodingAesKey });
  }

  /** WeChat is answered `echostr` to the letter. */
  verifyUrl({ query }: HttpRequest, now: number): string {
    this.#verify(query, now);
    if (!query.echostr) throw new RefusedError('missing parameter');
    return query.echostr;
  }

  /** The configured mode decides whether plaintext is accepted; nothing in the request does. */
  open(request: HttpRequest, now: number): Eventual<OpenedPush> {
    const { token, mode } = this.#config;
    const { timestamp, nonce } = this.#verify(request.query, now);
    const sentAt = Number(timestamp) * 1_000;
    const claimsEncryption = request.query.encrypt_type === 'aes';
    if (mode === 'plain' && claimsEncryption) throw new RefusedError('encrypted in plain mode');

    const body = decodePush(request.body);
    if (mode === 'plain' || (mode === 'compat' && !claimsEncryption)) {
      return opened(body, undefined);
    }
    const encrypted = findEncrypted(body);
    if (encrypted === undefined) throw new RefusedError('plaintext');
    const expected = sign(token, timestamp, nonce, encrypted);
    if (!isSignature(expected, request.query.msg_signature)) {
      throw new RefusedError('msg_signature');
    }
    const plaintext = decodePush(this.#decrypt(encrypted));
    return opened(plaintext, { notation: body.notation, nonce });

    function opened(text: PushText, envelope: OpenedPush['envelope']): Eventual<OpenedPush> {
      const { notation } = text;
      return whenDone(parsePush(text), (fields) => ({ fields, notation, sentAt, envelope }));
    }
  }

  /**
   * Holds the time that stands inside a sealed push against the window too. The signature sorts its
   * parts and joins them, so a nonce that looks like a time may change places with the timestamp, and
   * an old push would look new; what is sealed cannot be exchanged.
   */
  check({ createdAt }: Message, { envelope }: OpenedPush, now: number): void {
    if (!envelope) return;
    const mostMs = this.#config.timestampWindowSeconds * 1_000 + REPEATS_ALLOWANCE_MS;
    if (!(Math.abs(now - createdAt) <= mostMs)) throw new RefusedError('create time');
  }

  seal(answer: XmlTree, { notation, envelope }: OpenedPush, now: number): WrittenAnswer {
    const plain = writeAnswer(notation, answer);
    if (!envelope || !this.#cipher) return plain;
    const encrypted = this.#cipher.encrypt(plain.body);
    const timestamp = Math.floor(now / 1000);
    return writeAnswer(envelope.notation, {
      Encrypt: encrypted,
      MsgSignature: sign(this.#config.token, String(timestamp), envelope.nonce, encrypted),
      TimeStamp: timestamp,
      Nonce: envelope.nonce,
    });
  }

  /** Checks the signature that is on every request of WeChat, GET and POST. @throws RefusedError */
  #verify(
    query: HttpRequest['query'],
    now: number,
  ): { readonly timestamp: string; readonly nonce: string } {
    const { token, timestampWindowSeconds } = this.#config;
    const { signature, timestamp, nonce } = query;
    if (!signature || !timestamp || !nonce) throw new RefusedError('missing parameter');
    if (!isSignature(sign(token, timestamp, nonce), signature)) throw new RefusedError('signature');
    if (!TIMESTAMP.test(timestamp) || !NONCE.test(nonce)) throw new RefusedError('timestamp');
    const ageSeconds = Math.abs(now / 1000 - Number(timestamp));
    if (ageSeconds > timestampWindowSeconds) throw new RefusedError('timestamp');
    return { timestamp, nonce };
  }

  #decrypt(encrypted: string): Uint8Array {
    // The configuration already refuses compat and safe mode without a key; this is a second check.
    if (!this.#cipher) throw new RefusedError('no key');
    try {
      return this.#cipher.decrypt(encrypted);
    } catch (error) {
      if (error instanceof CipherError) throw new RefusedError(`ciphertext: ${error.message}`);
      throw error;
    }
  }
}
