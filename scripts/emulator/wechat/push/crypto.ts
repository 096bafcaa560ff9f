import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Fault } from './fault.ts';

/** WeChat pads to 32 bytes, although the block of AES is 16: Node's own padding cannot be used. */
const PAD_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** `signature` is made of token, timestamp and nonce; `msg_signature` of these and the ciphertext. */
export function sign(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Base64 of AES-256-CBC over random ‖ length ‖ message ‖ appid ‖ padding. */
export function encrypt(
  encodingAesKey: string,
  appid: string,
  message: string,
  random: Uint8Array = randomText(),
): string {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  const block = Buffer.concat([random, length, text, Buffer.from(appid, 'utf8')]);
  const pad = PAD_BLOCK - (block.length % PAD_BLOCK);

  const key = aesKey(encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([block, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** WeChat's random bytes are digits and letters, and there are SDKs that rely on it. */
function randomText(): Buffer {
  return Buffer.from(randomBytes(RANDOM_BYTES / 2).toString('hex'));
}

/** The opposite of `encrypt`. Every byte that the format prescribes is checked, appid excepted. */
export function decrypt(
  encodingAesKey: string,
  encrypted: string,
): { readonly random: Buffer; readonly message: string; readonly appid: string } {
  const block = unpad(decipher(encodingAesKey, encrypted));
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (block.length < start) throw new Fault('Encrypt is too short to hold a message');
  const end = start + block.readUInt32BE(RANDOM_BYTES);
  if (end > block.length) throw new Fault('the length inside Encrypt exceeds what is there');
  return {
    random: block.subarray(0, RANDOM_BYTES),
    message: utf8(block.subarray(start, end)),
    appid: utf8(block.subarray(end)),
  };
}

function decipher(encodingAesKey: string, encrypted: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted)) throw new Fault('Encrypt is not base64');
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length % PAD_BLOCK !== 0) {
    throw new Fault(`Encrypt holds ${bytes.length} bytes, not a multiple of ${PAD_BLOCK}`);
  }
  const key = aesKey(encodingAesKey);
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function unpad(block: Buffer): Buffer {
  const pad = block.at(-1) ?? 0;
  const end = block.length - pad;
  if (pad < 1 || pad > PAD_BLOCK || block.subarray(end).some((byte) => byte !== pad)) {
    throw new Fault('Encrypt cannot be decrypted with the EncodingAESKey of this account');
  }
  return block.subarray(0, end);
}

/** Keys may have set bits behind their last whole byte; Node's decoder ignores them, as it must. */
function aesKey(encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  if (key.length !== 32) throw new RangeError('an EncodingAESKey has 43 letters or digits');
  return key;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('what is inside Encrypt is not UTF-8');
  }
}
