export interface Backoff {
  /** The pause before the second attempt. */
  readonly firstMs: number;
  /** The pause doubles up to this. */
  readonly lastMs: number;
}

/**
 * How long to wait after this many failed attempts. The pause doubles, and `random` (from 0 to 1)
 * spreads it over its upper half, so that what failed together does not come back together. Without
 * it the pause is the whole: for an instance that waits for itself alone.
 */
export function backoffMs({ firstMs, lastMs }: Backoff, attempts: number, random = 1): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil((full * (1 + random)) / 2);
}
