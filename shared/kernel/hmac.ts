import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;
/** Enough for an openid, and for most documents; a longer text has a buffer of its own. */
const ROOM = 4_096;

/**
 * HMAC-SHA256 (RFC 2104) under one key. `createHmac` makes an object outside of the heap for each text,
 * which costs twice as much as the two hashes that an HMAC is.
 */
export class HmacSha256 {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** @throws RangeError for a key that is longer than a block, which would have to be hashed first */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK) throw new RangeError(`An HMAC key has ${BLOCK} bytes at most.`);
    this.#inner = padded(key, 0x36, ROOM);
    this.#outer = padded(key, 0x5c, BLOCK + DIGEST);
  }

  /** Of the text in UTF-8, as base64url. */
  digest(text: string): string {
    const end = BLOCK + Buffer.byteLength(text);
    const inner = end <= ROOM ? this.#inner : Buffer.alloc(end, this.#inner.subarray(0, BLOCK));
    inner.write(text, BLOCK);
    this.#outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'binary');
    return hash('sha256', this.#outer, 'base64url');
  }
}

/** The key XOR a byte, filled up to a block, at the beginning of `size` bytes. */
function padded(key: Uint8Array, byte: number, size: number): Buffer {
  const buffer = Buffer.alloc(size, byte);
  key.forEach((each, at) => {
    buffer[at] = each ^ byte;
  });
  return buffer;
}
