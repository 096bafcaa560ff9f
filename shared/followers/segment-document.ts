import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

const schema = v.strictObject({
  /** The name: it is what operators choose by. */
  _id: v.string(),
  /** The filter as it was written, with its days; JSON because fields of the business may have any name. */
  filter: v.string(),
  savedAt: v.number(),
  mac: macField,
});
export type SegmentDocument = v.InferOutput<typeof schema>;

/** Whom a mass send goes to hangs on these, so they count only if a holder of the AppSecret wrote them. */
export const segmentCollection = defineCollection<SegmentDocument>({
  name: 'follower_segments',
  schema,
  bound: 'all',
});

/** More than anybody chooses from; so all of them are read in one query. */
export const MAX_SEGMENTS = 100;
