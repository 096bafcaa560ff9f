import { createHash, timingSafeEqual } from 'node:crypto';

const MASK = '[secret]';

/**
 * A string that cannot leave by accident: printing, logging, serialising or concatenating it gives
 * `[secret]`. The few places that must send it say `reveal()`, so they can be found by name.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** Compares in constant time, whatever the lengths. */
  equals(other: string): boolean {
    return timingSafeEqual(digest(this.#value), digest(other));
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** What `console.log` and `util.inspect` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
