import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';
import { batchStates, broadcastStates } from './states.ts';

const count = v.number();
const ms = v.number();

const batchSchema = v.strictObject({
  state: v.picklist(batchStates),
  /** Followers in it; 0 where only WeChat knows them. */
  size: count,
  /** A draft can be sent once, so every batch but the first has a copy. */
  mediaId: v.optional(v.string()),
  /** When the worker first tried it without learning the outcome. */
  triedAt: v.optional(ms),
  acceptedAt: v.optional(ms),
  msgId: v.optional(v.string()),
  errcode: v.optional(v.number()),
  /** WeChat's word for how it ended. */
  status: v.optional(v.string()),
  sent: v.optional(count),
  afterFilter: v.optional(count),
  failed: v.optional(count),
  /** 1 no reprint, 2 a reprint that may be sent, 3 one that may not. */
  copyright: v.optional(v.number()),
});
export type Batch = v.InferOutput<typeof batchSchema>;

export const audienceKinds = ['all', 'tag', 'openids', 'filter'] as const;

const broadcastSchema = v.strictObject({
  _id: v.string(),
  requestId: v.string(),
  /** Tells a repeat of the submission from another one that uses the same requestId. */
  digest: v.string(),
  state: v.picklist(broadcastStates),
  createdAt: v.date(),
  /** When it is to start, in ms. */
  at: ms,
  audience: v.picklist(audienceKinds),
  tagId: v.optional(v.number()),
  /** As JSON: custom fields may have any name. */
  filter: v.optional(v.string()),
  /** In WeChat's words, as JSON. */
  content: v.string(),
  /** Of the articles as somebody has seen them; the worker sends no others. */
  contentDigest: v.optional(v.string()),
  isReprintIgnored: v.boolean(),
  /** One call for which WeChat knows the receivers, or batches of openids. */
  delivery: v.picklist(['one call', 'batches']),
  /** How far the worker has gone through the followers, and how many it has taken. */
  cursor: v.string(),
  taken: count,
  leftOut: v.strictObject({ blocked: count, month: count, day: count, unknown: count }),
  batches: v.array(batchSchema),
  isCancelled: v.boolean(),
  /** The job that runs it. */
  job: v.string(),
  /** Why it does not go on. */
  reason: v.optional(v.string()),
  ending: v.optional(v.picklist(['cancelled', 'stopped'])),
  waiting: v.optional(v.strictObject({ rule: v.string(), until: ms })),
  finishedAt: v.optional(ms),
  mac: macField,
});
export type Broadcast = v.InferOutput<typeof broadcastSchema>;

export const broadcastCollection = defineCollection<Broadcast>({
  name: 'mass_sends',
  schema: broadcastSchema,
  bound: 'all',
  indexes: [{ fields: [{ name: 'createdAt', direction: 'desc' }] }],
});
