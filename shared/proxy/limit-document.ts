import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

const counter = v.strictObject({
  /** A budget's pattern, or an endpoint whose daily allowance is shared. */
  name: v.string(),
  /** How many calls instances have taken of it today and not given back. */
  used: v.number(),
});

const schema = v.strictObject({
  /** The client's id. */
  _id: v.string(),
  /** The content of the bucket at `filledAt`. */
  tokens: v.number(),
  filledAt: v.number(),
  /** The day in Beijing to which the counters belong. */
  day: v.string(),
  counters: v.array(counter),
});

/** The limits of a client: one bucket, and the counters of a day. Instances take shares of them. */
export type LimitDocument = v.InferOutput<typeof schema>;

export const limitCollection: Collection<LimitDocument> = { name: 'proxy-limits', schema };
