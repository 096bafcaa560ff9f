/** What the SDKs sign: names of headers and of parameters, in small letters. */
const NAME = /^[a-z0-9_-]*$/;

/**
 * Stands for the class of this name in `@cloudbase/signature-nodejs`, in every bundle of an SDK: names
 * with their values, in the order in which they are signed. The original sorts names as a language
 * does, for which Node loads its rules of languages, 5 ms of an instance's first message.
 */
export class SortedKeyValue {
  readonly #pairs: readonly (readonly [name: string, value: unknown])[];

  constructor(values: unknown, selected?: readonly string[]) {
    const isObject = typeof values === 'object' && values !== null && !Array.isArray(values);
    this.#pairs = Object.entries(isObject ? values : {})
      .filter(([name]) => !selected || selected.includes(name))
      .sort(([left], [right]) => compare(left, right));
  }

  static kv(values: unknown, selected?: readonly string[]): SortedKeyValue {
    return new SortedKeyValue(values, selected);
  }

  /** @param name in small letters */
  get(name: string): unknown {
    return this.#pairs.findLast(([each]) => each.toLowerCase() === name)?.[1];
  }

  keys(): string[] {
    return this.#pairs.map(([name]) => name);
  }

  values(): unknown[] {
    return this.#pairs.map(([, value]) => value);
  }

  pairs(): (readonly [name: string, value: unknown])[] {
    return [...this.#pairs];
  }

  toString(between = '=', after = '&'): string {
    return this.#pairs.map((pair) => pair.join(between)).join(after);
  }
}

/** As languages sort such names: `_` before `-`, that before digits, and those before letters. */
function compare(left: string, right: string): number {
  if (!NAME.test(left) || !NAME.test(right)) return left.localeCompare(right);
  const [a, b] = [left.replaceAll('_', ' '), right.replaceAll('_', ' ')];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
