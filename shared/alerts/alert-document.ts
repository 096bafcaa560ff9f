import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

/** Tells an operator that an alert has begun, goes on, or is over. The same key is the same notice. */
export const noticeSchema = v.strictObject({
  key: v.string(),
  rule: v.string(),
  status: v.picklist(['firing', 'resolved']),
  /** The last measure. */
  value: v.number(),
  /** Epoch ms. */
  since: v.number(),
  at: v.number(),
});
export type Notice = v.InferOutput<typeof noticeSchema>;

const schema = v.strictObject({
  _id: v.string(),
  /** When the rules were last checked. */
  at: v.date(),
  /** The latest measures: part and whole, by the name of the rule. */
  samples: v.array(
    v.strictObject({
      at: v.date(),
      measures: v.record(v.string(), v.pipe(v.array(v.number()), v.readonly())),
    }),
  ),
  /** The total of a counter when each of the latest three days began, in Beijing. */
  days: v.array(v.strictObject({ day: v.string(), total: v.number() })),
  /** The alerts that fire now. */
  active: v.array(
    v.strictObject({
      rule: v.string(),
      since: v.date(),
      /** When the measure was last above its limit. */
      lastAt: v.date(),
      notifiedAt: v.date(),
      notices: v.number(),
      value: v.number(),
    }),
  ),
  /** Notices that may not be in the queue yet. */
  outbox: v.array(noticeSchema),
});

export type AlertDocument = v.InferOutput<typeof schema>;
export type ActiveAlert = AlertDocument['active'][number];

/** One document for all instances. */
export const alertCollection: Collection<AlertDocument> = { name: 'alerts', schema };
