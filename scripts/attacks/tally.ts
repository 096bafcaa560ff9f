import { afterAll, expect } from '@jest/globals';

/** Counts the attacks of one file and prints the count at its end: `npm test -- attacks` shows them all. */
export interface Tally {
  /** Asserts that each of the attacks is refused; a reason that is not empty is a breach. */
  refused(attacks: number, breaches: readonly string[]): void;
}

export function createTally(target: string): Tally {
  let count = 0;
  afterAll(() => {
    process.stderr.write(
      `attacks on ${target}: ${count} tried, all refused unless a test failed\n`,
    );
  });
  return {
    refused(attacks, breaches) {
      expect(attacks).toBeGreaterThan(0);
      count += attacks;
      expect(breaches).toEqual([]);
    },
  };
}
