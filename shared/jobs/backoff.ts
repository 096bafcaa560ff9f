export interface Backoff {
  /** The pause before the second attempt. */
  readonly firstMs: number;
  /** The pause doubles up to this. */
  readonly lastMs: number;
}

/**
 * How long a job waits after this many failed attempts. The pause doubles, and is spread over its
 * upper half, so that jobs which failed together do not come back together.
 */
export function backoffMs({ firstMs, lastMs }: Backoff, attempts: number, random: number): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil((full * (1 + random)) / 2);
}
