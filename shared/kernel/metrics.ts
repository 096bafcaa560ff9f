import type { LogFields } from './log.ts';

/** One step of one series. */
export interface Mark {
  /** A value outside the closed set of its label counts as `other`. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
  /** Added to a counter (default 1), seen by a histogram, or what a gauge shows from now on. */
  readonly value?: number;
}

/** What an event marks; `undefined`: nothing. */
export type Reading = (fields: LogFields) => Mark | undefined;

interface Row {
  /** One sentence, with the unit. */
  readonly help: string;
  /** Each label with all the values that it may have, so that no token or openid can be one. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** Which events of the log move it. Without any it is read from elsewhere when it is asked for. */
  readonly on?: Readonly<Record<string, Reading>>;
}

export interface Counter extends Row {
  readonly kind: 'counter';
}

export interface Gauge extends Row {
  readonly kind: 'gauge';
  /** What stands for all instances of a function: the largest value, or the one that was set last. */
  readonly over: 'max' | 'latest';
}

export interface Histogram extends Row {
  readonly kind: 'histogram';
  /** Upper bounds, ascending; the one without end is added. */
  readonly buckets: readonly number[];
}

/** A metric: what it means, and which events of the log move it. */
export type Metric = Counter | Gauge | Histogram;

/** All metrics by name, as Prometheus knows them but for the prefix `fuwuhao_`. */
export type MetricTable = Readonly<Record<string, Metric>>;

/** Stands for whatever a closed set does not hold. */
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
