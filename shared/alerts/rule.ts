import type { MetricTable } from '../kernel/metrics.ts';
import type { MetricReader } from './metric-reader.ts';

/** What a rule looks at: a number, or a part of a whole. */
export interface Measure {
  readonly part: number;
  readonly whole?: number;
}

/** When to wake an operator, and what to tell them. */
export interface Rule {
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** One sentence: what to do. */
  readonly advice: string;
  /** The rule looks at how much was added within this time; without it, at what there is. */
  readonly withinMs?: number;
  /** A part of less than this is no trouble, whatever its share. */
  readonly least?: number;
  /** The rule fires when the measure, or the share of its part, is above this. */
  readonly above: number;
}

export type RuleTable = Readonly<Record<string, Rule>>;

/** A rule that measures the metrics of one table: the compiler knows their names and labels. */
export interface MeasuredRule<Table extends MetricTable> extends Rule {
  /** Gives `undefined` when the metrics do not tell it now; then the alert stays as it is. */
  readonly measure: (metrics: MetricReader<Table>) => Measure | undefined;
}
