import { type Eventual, whenDone } from '../kernel/eventual.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { FieldsOf } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import { type Cipher, CipherError } from '../wechat/cipher.ts';
import { findEncrypted } from '../wechat/envelope.ts';
import type { PushFields } from '../wechat/fields.ts';
import { decodePush, type Notation, type PushText, parsePush } from '../wechat/push-body.ts';
import { isSignature, sign } from '../wechat/signature.ts';
import { REPEATS_ALLOWANCE_MS } from './timing.ts';

type RefusedReason = NonNullable<FieldsOf<'push refused'>['reason']>;

/** The sender is not WeChat, or the push is not for this account: 403, and the reason only in the log. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly reason: RefusedReason;

  constructor(reason: RefusedReason, cause?: unknown) {
    super(`push refused: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** A push that certainly comes from WeChat, in plain fields. */
export interface OpenedPush {
  readonly fields: PushFields;
  readonly notation: Notation;
  /** By WeChat's clock, in ms since the epoch. */
  readonly sentAt: number;
  /** How the answer must be wrapped: `undefined` for a push that came in plaintext. */
  readonly envelope: { readonly notation: Notation; readonly nonce: string } | undefined;
}

export type PushConfig = Pick<Config, 'token' | 'mode' | 'timestampWindowSeconds'>;

/** Nothing but the two forms that WeChat sends, so that no part of the one can pass for the other. */
const TIMESTAMP = /^\d{10}$/;
const NONCE = /^[A-Za-z0-9]{1,64}$/;

/**
 * Holds the time that stands inside a sealed push against the window too. The signature sorts its parts
 * and joins them, so a nonce that looks like a time may change places with the timestamp, and an old
 * push would look new; what is sealed cannot be exchanged.
 *
 * @throws RefusedError
 */
export function checkCreateTime(
  { timestampWindowSeconds }: PushConfig,
  { envelope }: OpenedPush,
  { createdAt }: { readonly createdAt: number },
  now: number,
): void {
  if (!envelope) return;
  const mostMs = timestampWindowSeconds * 1_000 + REPEATS_ALLOWANCE_MS;
  if (!(Math.abs(now - createdAt) <= mostMs)) throw new RefusedError('create time');
}

/** Checks the signature that is on every request of WeChat, GET and POST. @throws RefusedError */
export function verifyRequest(
  config: PushConfig,
  query: HttpRequest['query'],
  now: number,
): { readonly timestamp: string; readonly nonce: string } {
  const { signature, timestamp, nonce } = query;
  if (!signature || !timestamp || !nonce) throw new RefusedError('missing parameter');
  if (!isSignature(sign(config.token, timestamp, nonce), signature)) {
    throw new RefusedError('signature');
  }
  if (!TIMESTAMP.test(timestamp) || !NONCE.test(nonce)) throw new RefusedError('timestamp');
  const ageSeconds = Math.abs(now / 1000 - Number(timestamp));
  if (ageSeconds > config.timestampWindowSeconds) throw new RefusedError('timestamp');
  return { timestamp, nonce };
}

/**
 * From the raw request to the fields that WeChat pushed. The configured mode decides whether plaintext
 * is accepted; nothing in the request does.
 *
 * @throws RefusedError
 * @throws MalformedError
 */
export function openPush(
  config: PushConfig,
  cipher: Cipher | undefined,
  request: HttpRequest,
  now: number,
): Eventual<OpenedPush> {
  const { timestamp, nonce } = verifyRequest(config, request.query, now);
  const sentAt = Number(timestamp) * 1_000;
  const claimsEncryption = request.query.encrypt_type === 'aes';
  if (config.mode === 'plain' && claimsEncryption)
    throw new RefusedError('encrypted in plain mode');

  const body = decodePush(request.body);
  if (config.mode === 'plain' || (config.mode === 'compat' && !claimsEncryption)) {
    return opened(body, undefined);
  }
  const encrypted = findEncrypted(body);
  if (encrypted === undefined) throw new RefusedError('plaintext');
  const expected = sign(config.token, timestamp, nonce, encrypted);
  if (!isSignature(expected, request.query.msg_signature)) throw new RefusedError('msg_signature');
  return opened(decodePush(decrypt(cipher, encrypted)), { notation: body.notation, nonce });

  function opened(text: PushText, envelope: OpenedPush['envelope']): Eventual<OpenedPush> {
    const { notation } = text;
    return whenDone(parsePush(text), (fields) => ({ fields, notation, sentAt, envelope }));
  }
}

function decrypt(cipher: Cipher | undefined, encrypted: string): Uint8Array {
  // The configuration already refuses compat and safe mode without a key; this is a second check.
  if (!cipher) throw new RefusedError('no key');
  try {
    return cipher.decrypt(encrypted);
  } catch (error) {
    if (error instanceof CipherError) throw new RefusedError(`ciphertext: ${error.message}`);
    throw error;
  }
}
