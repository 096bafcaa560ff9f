import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';
import { batchStates, broadcastStates } from './states.ts';

const count = v.number();
const ms = v.number();

const batchSchema = v.strictObject({
  state: v.picklist(batchStates),
  /** 0 where WeChat counts. */
  size: count,
  /** A draft dies with the first send of it: every other batch has a copy. */
  mediaId: v.optional(v.string()),
  /** The first try whose outcome is not known. */
  triedAt: v.optional(ms),
  acceptedAt: v.optional(ms),
  msgId: v.optional(v.string()),
  errcode: v.optional(v.number()),
  /** What WeChat told of the end. */
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
  /** Of all that was submitted: another submission may not use the same requestId. */
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
  isReprintIgnored: v.boolean(),
  /** One call in which WeChat knows the receivers, or batches of openids. */
  delivery: v.picklist(['one call', 'batches']),
  /** How far the followers have been gone through, and how many were taken. */
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
});
export type Broadcast = v.InferOutput<typeof broadcastSchema>;

export const broadcastCollection = defineCollection<Broadcast>({
  name: 'mass_sends',
  schema: broadcastSchema,
  indexes: [{ fields: [{ name: 'createdAt', direction: 'desc' }] }],
});

const sliceSchema = v.strictObject({
  _id: v.string(),
  /** The batch that it is part of: the broadcast and a number. */
  batch: v.string(),
  openids: v.array(v.string()),
  /** The blocks of followers where they are marked. */
  blocks: v.array(v.string()),
  removeAt: v.date(),
});
export type Slice = v.InferOutput<typeof sliceSchema>;

/** Who gets a batch, laid down before it is sent; gone when it is over. */
export const sliceCollection = defineCollection<Slice>({
  name: 'mass_send_slices',
  schema: sliceSchema,
  indexes: [
    { fields: [{ name: 'batch', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

const resultSchema = v.strictObject({
  /** WeChat's msg_id. */
  _id: v.string(),
  status: v.string(),
  sent: v.optional(count),
  afterFilter: v.optional(count),
  failed: v.optional(count),
  copyright: v.optional(v.number()),
  removeAt: v.date(),
});
export type Result = v.InferOutput<typeof resultSchema>;

/** What MASSSENDJOBFINISH said, also of a send whose call has not returned yet. */
export const resultCollection = defineCollection<Result>({
  name: 'mass_send_results',
  schema: resultSchema,
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
});

const gateSchema = v.strictObject({
  _id: v.literal('gate'),
  /** The starts of broadcasts, of this month and to come. */
  slots: v.array(v.strictObject({ id: v.string(), at: ms })),
  /** Calls of this day in China, and the times of those of the last minute. */
  calls: v.strictObject({ day: v.number(), count, recent: v.array(ms) }),
  /** Broadcasts of this month for which nobody was marked, since WeChat knows who got them. */
  oneCalls: v.array(
    v.strictObject({ id: v.string(), day: v.number(), tagId: v.optional(v.number()) }),
  ),
});
export type Gate = v.InferOutput<typeof gateSchema>;

/** The one document that all broadcasts of the account pass. */
export const gateCollection = defineCollection<Gate>({
  name: 'mass_send_gate',
  schema: gateSchema,
});

export const massSendCollections = [
  broadcastCollection,
  sliceCollection,
  resultCollection,
  gateCollection,
] as const;
