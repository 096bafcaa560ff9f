import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';

const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const AES_BLOCK = 16;
/** WeChat pads to 32, twice the block of AES, so Node's own padding cannot be used. */
const PAD_BLOCK = 32;

/** The ciphertext is not one that WeChat made for this account; the callback answers 403. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
}

export interface Cipher {
  /** Text to base64. */
  encrypt(message: string): string;
  /** Base64 to the bytes of the message. @throws CipherError */
  decrypt(encrypted: string): Buffer;
}

/**
 * Message encryption of the compat and safe modes: AES-256-CBC over
 * 16 random bytes ‖ length of the message (32 bits, big-endian) ‖ message ‖ appid.
 * https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
 *
 * @param random only tests pass their own, since the official vectors fix the random bytes.
 */
export function createCipher(
  account: { readonly appid: string; readonly encodingAesKey: Secret },
  random: (size: number) => Buffer = randomBytes,
): Cipher {
  // 43 characters of base64 are 258 bits; the decoder drops the last two, as WeChat does.
  const key = Buffer.from(`${account.encodingAesKey.reveal()}=`, 'base64');
  const iv = key.subarray(0, AES_BLOCK);
  const appid = Buffer.from(account.appid);

  return {
    encrypt(message) {
      const body = Buffer.from(message);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(body.length);
      const block = Buffer.concat([random(RANDOM_BYTES), length, body, appid]);
      const pad = PAD_BLOCK - (block.length % PAD_BLOCK);
      const aes = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return Buffer.concat([
        aes.update(block),
        aes.update(Buffer.alloc(pad, pad)),
        aes.final(),
      ]).toString('base64');
    },

    decrypt(encrypted) {
      const ciphertext = Buffer.from(encrypted, 'base64');
      if (ciphertext.length === 0 || ciphertext.length % AES_BLOCK !== 0) {
        throw new CipherError('length');
      }
      const aes = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const block = unpad(Buffer.concat([aes.update(ciphertext), aes.final()]));
      const start = RANDOM_BYTES + LENGTH_BYTES;
      if (block.length < start) throw new CipherError('length');
      const end = start + block.readUInt32BE(RANDOM_BYTES);
      if (end > block.length) throw new CipherError('length');
      if (!block.subarray(end).equals(appid)) throw new CipherError('appid');
      return block.subarray(start, end);
    },
  };
}

function unpad(block: Buffer): Buffer {
  const pad = block.at(-1) ?? 0;
  const isPadding =
    pad >= 1 && pad <= PAD_BLOCK && block.subarray(-pad).every((byte) => byte === pad);
  if (!isPadding) throw new CipherError('padding');
  return block.subarray(0, -pad);
}
