import type { Seen } from './seen.ts';

/** What a rule looks at: a number, or a part of a whole. */
export interface Measure {
  readonly part: number;
  readonly whole?: number;
}

/** When to wake somebody, and what to tell them. */
export interface Rule {
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** One sentence: what to do. */
  readonly advice: string;
  /** `undefined`: it cannot be told now, so that nothing changes. */
  readonly measure: (seen: Seen) => Measure | undefined;
  /** Looks at how much was added within this time; without it, at what there is. */
  readonly withinMs?: number;
  /** A part of less than this is no trouble, whatever its share. */
  readonly least?: number;
  /** Fires when the measure, or the share of its part, is above this. */
  readonly above: number;
}

export type RuleTable = Readonly<Record<string, Rule>>;
