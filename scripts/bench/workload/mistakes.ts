import type { Contestant } from '../contestants/list.ts';

/**
 * Wrong answers. One of ours ends the run. A peer's are counted and shown beside its name, and its
 * numbers are compared with nobody's: who need not be right can be as fast as he likes.
 */
export interface Mistakes {
  /** @throws Error for one that is no peer */
  note(contestant: Contestant, problems: readonly string[]): void;
  isFree(name: string): boolean;
  /** The name, and how many answers were wrong. */
  label(name: string): string;
}

export function createMistakes(): Mistakes {
  const counts = new Map<string, number>();
  return {
    note({ name, kind }, problems) {
      if (problems.length === 0) return;
      if (kind !== 'peer') throw new Error(`${name} answered wrongly: ${problems[0]}`);
      counts.set(name, (counts.get(name) ?? 0) + problems.length);
    },
    isFree: (name) => !counts.has(name),
    label(name) {
      const count = counts.get(name);
      return count === undefined ? name : `${name} (${count} wrong)`;
    },
  };
}
