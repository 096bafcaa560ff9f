import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

const schema = v.strictObject({
  /** A digest of client and key. */
  _id: v.string(),
  /** A digest of the call: the same key for another call is a mistake. */
  call: v.string(),
  /** Until then an instance may still be making the call. */
  until: v.number(),
  /** WeChat's answer; absent while it is not known. */
  answer: v.optional(
    v.strictObject({ status: v.number(), contentType: v.string(), sealed: v.string() }),
  ),
  removeAt: v.date(),
});

/** A call that must not be made twice, by the key that its client gave it. */
export type ResultDocument = v.InferOutput<typeof schema>;

export const resultCollection: Collection<ResultDocument> = {
  name: 'proxy-results',
  schema,
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
};
