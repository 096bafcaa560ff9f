import type { FieldsOf } from './log.ts';
import type { LogEvent } from './log-events.ts';

/** The values that each label may have: a list, or a form that no token and no openid has. */
export type LabelSets = Readonly<Record<string, readonly string[] | RegExp>>;

/** A value out of such a set. */
export type LabelValue<Values> = Values extends readonly (infer Value extends string)[]
  ? Value
  : string;

/** One step of one series. */
export interface Mark<Labels extends LabelSets = LabelSets> {
  /** A value outside the set of its label counts as `other`. */
  readonly labels?: { readonly [Name in keyof Labels]?: LabelValue<Labels[Name]> | undefined };
  /** Added to a counter (default 1), put into a histogram, or what a gauge shows from now on. */
  readonly value?: number;
}

/** The step that a line of an event makes; `undefined` for none. */
export type Reading<Event extends LogEvent = LogEvent, Labels extends LabelSets = LabelSets> = (
  fields: FieldsOf<Event>,
) => Mark<Labels> | undefined;

interface Row<Labels extends LabelSets> {
  /** One sentence, with the unit. */
  readonly help: string;
  /** Each label with its values, so that no token or openid can become one. */
  readonly labels?: Labels;
  /**
   * The events of the log that move it. A metric without any is read when the metrics are asked
   * for.
   */
  readonly on?: { readonly [Event in LogEvent]?: Reading<Event, Labels> };
}

export interface Counter<Labels extends LabelSets = LabelSets> extends Row<Labels> {
  readonly kind: 'counter';
}

export interface Gauge<Labels extends LabelSets = LabelSets> extends Row<Labels> {
  readonly kind: 'gauge';
  /** The value for all instances of a function: the largest one, or the one that was set last. */
  readonly over: 'max' | 'latest';
}

export interface Histogram<Labels extends LabelSets = LabelSets> extends Row<Labels> {
  readonly kind: 'histogram';
  /** Upper bounds, ascending; the one without end is added. */
  readonly buckets: readonly number[];
}

/** A metric: what it means, and which events of the log move it. */
export type Metric<Labels extends LabelSets = LabelSets> =
  | Counter<Labels>
  | Gauge<Labels>
  | Histogram<Labels>;

/** All metrics by name; Prometheus gets them with the prefix `fuwuhao_`. */
export type MetricTable = Readonly<Record<string, Metric>>;

type Given<M> = Omit<M, 'kind'>;

/** A row of the table. The compiler checks what its readings give against its labels. */
export const counter = <const Labels extends LabelSets = Record<never, never>>(
  row: Given<Counter<Labels>>,
): Counter<Labels> => ({ kind: 'counter', ...row });

export const gauge = <const Labels extends LabelSets = Record<never, never>>(
  row: Given<Gauge<Labels>>,
): Gauge<Labels> => ({ kind: 'gauge', ...row });

export const histogram = <const Labels extends LabelSets = Record<never, never>>(
  row: Given<Histogram<Labels>>,
): Histogram<Labels> => ({ kind: 'histogram', ...row });

/** Stands for every value that a label may not have. */
export const OTHER = 'other';

/**
 * One series as numbers: of a counter its sum; of a gauge its value and when it was set (epoch ms);
 * of a histogram its sum, then the count of each bucket, each for itself.
 */
export interface Series {
  readonly metric: string;
  /** In the order of the table. */
  readonly labels: readonly string[];
  readonly values: readonly number[];
}
