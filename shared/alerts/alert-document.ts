import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

/** What is told: that something has begun, goes on, or is over. The same key is the same notice. */
export const noticeSchema = v.strictObject({
  key: v.string(),
  rule: v.string(),
  status: v.picklist(['firing', 'resolved']),
  /** As measured last. */
  value: v.number(),
  /** Epoch ms. */
  since: v.number(),
  at: v.number(),
});
export type Notice = v.InferOutput<typeof noticeSchema>;

const schema = v.strictObject({
  _id: v.string(),
  /** When the rules were last looked at. */
  at: v.date(),
  /** What was measured lately, part and whole by the name of the rule. */
  samples: v.array(
    v.strictObject({
      at: v.date(),
      measures: v.record(v.string(), v.pipe(v.array(v.number()), v.readonly())),
    }),
  ),
  /** What the total of a day's counter was when the day (in Beijing) began: the latest three. */
  days: v.array(v.strictObject({ day: v.string(), total: v.number() })),
  /** What is wrong now. */
  active: v.array(
    v.strictObject({
      rule: v.string(),
      since: v.date(),
      /** When it was last above its limit. */
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
