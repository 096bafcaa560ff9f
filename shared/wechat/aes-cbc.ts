import { createCipheriv, createDecipheriv } from 'node:crypto';

export const AES_BLOCK = 16;

/**
 * AES-256-CBC without padding, with one context in each direction for all messages: to make a context
 * costs more than a message does. The results are those of fresh contexts, bit for bit. CBC carries one
 * thing from a call to the next: the last block of ciphertext, which stands where the initial vector
 * stood. So a message to encrypt takes that back in its first block, and a message to decrypt has the
 * initial vector put before it as a block, whose plaintext is dropped.
 */
export class AesCbc {
  readonly #iv: Buffer;
  readonly #encryptor: ReturnType<typeof createCipheriv>;
  readonly #decryptor: ReturnType<typeof createDecipheriv>;
  /** The initial vector XOR the block that the encryptor carries over: zero at first. */
  readonly #carried = Buffer.alloc(AES_BLOCK);

  constructor(key: Buffer, iv: Buffer) {
    this.#iv = iv;
    this.#encryptor = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    this.#decryptor = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  }

  /** Uses `plaintext` up: its first block is overwritten. @throws RangeError unless it is whole blocks */
  encrypt(plaintext: Buffer): Buffer {
    assertBlocks(plaintext.length);
    xorInto(plaintext, plaintext, 0, this.#carried);
    const ciphertext = this.#encryptor.update(plaintext);
    xorInto(this.#carried, ciphertext, ciphertext.length - AES_BLOCK, this.#iv);
    return ciphertext;
  }

  /**
   * Takes the ciphertext behind a block of room, into which the initial vector goes; so does the
   * plaintext come back, behind a block without meaning.
   *
   * @throws RangeError unless the ciphertext is whole blocks
   */
  decrypt(framed: Buffer): Buffer {
    assertBlocks(framed.length - AES_BLOCK);
    this.#iv.copy(framed);
    return this.#decryptor.update(framed);
  }
}

/** A context would keep half a block, and put it before the next message. */
function assertBlocks(length: number): void {
  if (length <= 0 || length % AES_BLOCK !== 0) {
    throw new RangeError(`AES-CBC takes whole blocks of ${AES_BLOCK} bytes, not ${length} bytes.`);
  }
}

/** Writes one block of `a`, from `start` on, XOR `b` to the beginning of `target`. */
function xorInto(target: Buffer, a: Buffer, start: number, b: Buffer): void {
  for (let at = 0; at < AES_BLOCK; at += 1) target[at] = (a[start + at] ?? 0) ^ (b[at] ?? 0);
}
