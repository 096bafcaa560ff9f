/** What a test run has used and what it has logged. */
export interface Evidence {
  readonly lines: readonly string[];
  readonly secrets: readonly string[];
  readonly openids: readonly string[];
}

export interface Leak {
  readonly line: string;
  /** Masked, because the report of a test run is public. */
  readonly leaked: string;
}

/** A shorter secret is a word of a test, such as `token`, which harmless lines hold too. */
const MIN_SECRET = 16;
const MIN_OPENID = 5;

/** The characters that separate words; secrets and openids hold none of them. */
const BETWEEN = /[^\w+/=-]+/;

/** Finds the lines that hold a secret or an openid in clear. */
export function findLeaks({ lines, secrets, openids }: Evidence): readonly Leak[] {
  const wanted = new Set([
    ...secrets.filter(({ length }) => length >= MIN_SECRET),
    ...openids.filter(({ length }) => length >= MIN_OPENID),
  ]);
  return lines.flatMap((line) => {
    const words = line.split(BETWEEN).flatMap(partsOf);
    const found = words.find((word) => wanted.has(word));
    return found === undefined ? [] : [{ line, leaked: `${found.slice(0, 4)}…` }];
  });
}

/** A word may be a secret, or `name=secret`, or a path that ends in one. */
function partsOf(word: string): readonly string[] {
  return [word, ...word.split(/[=/]/), word.replace(/=+$/, '')];
}
