import { pooledRandomBytes } from '../kernel/random.ts';
import type { Secret } from '../kernel/secret.ts';
import { AES_BLOCK, AesCbc } from './aes-cbc.ts';

const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const HEAD_BYTES = RANDOM_BYTES + LENGTH_BYTES;
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
  random: (size: number) => Buffer = pooledRandomBytes,
): Cipher {
  // 43 characters of base64 are 258 bits; the decoder drops the last two, as WeChat does.
  const key = Buffer.from(`${account.encodingAesKey.reveal()}=`, 'base64');
  const appid = Buffer.from(account.appid);
  /** Made for the first message: it makes Node load its streams, which a URL check does without. */
  let contexts: AesCbc | undefined;
  const aes = () => {
    contexts ??= new AesCbc(key, key.subarray(0, AES_BLOCK));
    return contexts;
  };

  return {
    encrypt(message) {
      const length = Buffer.byteLength(message);
      const end = HEAD_BYTES + length + appid.length;
      const pad = PAD_BLOCK - (end % PAD_BLOCK);
      const block = Buffer.allocUnsafe(end + pad);
      block.set(random(RANDOM_BYTES));
      block.writeUInt32BE(length, RANDOM_BYTES);
      block.write(message, HEAD_BYTES);
      block.set(appid, HEAD_BYTES + length);
      block.fill(pad, end);
      return aes().encrypt(block).toString('base64');
    },

    decrypt(encrypted) {
      const framed = Buffer.allocUnsafe(AES_BLOCK + Buffer.byteLength(encrypted, 'base64'));
      const length = framed.write(encrypted, AES_BLOCK, 'base64');
      if (length === 0 || length % AES_BLOCK !== 0) throw new CipherError('length');
      const block = aes().decrypt(withoutRest(framed, AES_BLOCK + length));
      const appidEnd = paddingOf(block);
      const start = AES_BLOCK + HEAD_BYTES;
      if (appidEnd < start) throw new CipherError('length');
      const end = start + block.readUInt32BE(start - LENGTH_BYTES);
      if (end > appidEnd) throw new CipherError('length');
      if (block.compare(appid, 0, appid.length, end, appidEnd) !== 0)
        throw new CipherError('appid');
      return block.subarray(start, end);
    },
  };
}

/** Only base64 that is not well-formed is shorter than its length says. */
function withoutRest(buffer: Buffer, length: number): Buffer {
  return buffer.length === length ? buffer : buffer.subarray(0, length);
}

/** Where the padding begins. @throws CipherError */
function paddingOf(block: Buffer): number {
  const pad = block.at(-1) ?? 0;
  const start = block.length - pad;
  if (pad < 1 || pad > PAD_BLOCK) throw new CipherError('padding');
  for (let at = start; at < block.length; at += 1) {
    if (block[at] !== pad) throw new CipherError('padding');
  }
  return start;
}
