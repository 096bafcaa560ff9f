export interface Backoff {
  /** Before the second attempt. */
  readonly firstMs: number;
  /** It doubles up to this. */
  readonly lastMs: number;
}

/**
 * How long to wait after so many failed attempts: doubling, and spread over the upper half, so that
 * what failed together does not come back together.
 */
export function backoffMs({ firstMs, lastMs }: Backoff, attempts: number, random: number): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil((full * (1 + random)) / 2);
}
