import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';
import { autoRepliesSchema } from './rule.ts';

const schema = v.strictObject({
  /** There is one document. */
  _id: v.literal('rules'),
  rules: autoRepliesSchema,
  /** In ms since the epoch. */
  changedAt: v.number(),
  mac: macField,
});

export type AutoReplyDocument = v.InferOutput<typeof schema>;

export const autoReplyCollection = defineCollection<AutoReplyDocument>({
  name: 'auto-replies',
  schema,
  // What the account says to followers: a writer without the AppSecret must not choose it.
  bound: 'all',
});

export const RULES_ID = 'rules';
