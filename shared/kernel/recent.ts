/**
 * Values by the keys that were used last: of at least `size` of them, and of at most twice as many. When a
 * generation is full, the one before it is forgotten, so that nothing has to be kept in order.
 */
export class Recent<Value extends NonNullable<unknown>> {
  readonly #size: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(size: number) {
    this.#size = size;
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const old = this.#old.get(key);
    return old === undefined ? undefined : this.set(key, old);
  }

  /** Gives the value back. */
  set(key: string, value: Value): Value {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(ofItsOwn(key), value);
    return value;
  }
}

/** A text that was cut out of a push would keep all of the push in memory. */
function ofItsOwn(text: string): string {
  return Buffer.from(text).toString();
}
