import { createHash } from 'node:crypto';

/**
 * Which code a function runs stands at the end of its description. The mark is taken away before the
 * code changes and put back after it, so that a deploy which was interrupted in between leaves none,
 * and a mark that is there is true.
 */
const MARK = / ?\[code ([0-9a-f]{32})\]$/;
/** SCF takes so many characters. */
const LONGEST = 1000;

/** A package by its bytes. */
export function digestOf(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('hex').slice(0, 32);
}

export function withMark(description: string, digest: string): string {
  const mark = `[code ${digest}]`;
  return `${description.slice(0, LONGEST - mark.length - 1)} ${mark}`.trim();
}

/** The digest of the code that runs; undefined if that is not known. */
export function markIn(description: string | null | undefined): string | undefined {
  return MARK.exec(description ?? '')?.[1];
}
