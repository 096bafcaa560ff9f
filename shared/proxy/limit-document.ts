import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

const counter = v.strictObject({
  /** A budget's pattern, or an endpoint whose daily allowance is shared. */
  name: v.string(),
  /** What instances have taken of it today and not given back. */
  used: v.number(),
});

const schema = v.strictObject({
  /** The client's id. */
  _id: v.string(),
  /** What is in the bucket, by the latest clock that has looked. */
  tokens: v.number(),
  filledAt: v.number(),
  /** The day in Beijing that the counters are of. */
  day: v.string(),
  counters: v.array(counter),
});

/** What a client has left: one bucket, and its counters of the day. Instances take shares of it. */
export type LimitDocument = v.InferOutput<typeof schema>;

export const limitCollection: Collection<LimitDocument> = { name: 'proxy-limits', schema };
