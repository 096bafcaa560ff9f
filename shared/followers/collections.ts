import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';

const blockSchema = v.strictObject({
  _id: v.string(),
  /** Never empty, since two empty lists are the same to a unique index: then the block goes. */
  openids: v.pipe(v.array(v.string()), v.nonEmpty()),
  hasRoom: v.boolean(),
  /**
   * The rest about each of them, in the same order, as JSON: custom fields may have any name, and
   * as text a hundred followers cost the database a fifth.
   */
  rows: v.string(),
});

/** Up to a hundred followers in one document, so that a million of them are ten thousand writes. */
export type Block = v.InferOutput<typeof blockSchema>;

export const blockCollection = defineCollection<Block>({
  name: 'followers',
  schema: blockSchema,
  indexes: [
    // Nobody stands in two blocks, whatever races: the database itself refuses it.
    { fields: [{ name: 'openids', direction: 'asc' }], unique: true },
    { fields: [{ name: 'hasRoom', direction: 'asc' }] },
  ],
});

const leaverSchema = v.strictObject({
  /** The trace of the openid; nothing else about the person. */
  _id: v.string(),
  leftAt: v.date(),
  /** The marks of this month, as JSON: who comes back has still had them. */
  sent: v.optional(v.string()),
  removeAt: v.date(),
});
export type Leaver = v.InferOutput<typeof leaverSchema>;

/** Who left, for as long as their marks count. */
export const leaverCollection = defineCollection<Leaver>({
  name: 'follower_leavers',
  schema: leaverSchema,
  indexes: [
    { fields: [{ name: 'leftAt', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

const pageSchema = v.strictObject({
  _id: v.string(),
  /** The sync that it is part of: when that began, in ms. */
  sync: v.number(),
  openids: v.array(v.string()),
  removeAt: v.date(),
});
export type Page = v.InferOutput<typeof pageSchema>;

/** Openids that a sync has listed and not looked up yet. */
export const pageCollection = defineCollection<Page>({
  name: 'follower_pages',
  schema: pageSchema,
  indexes: [
    { fields: [{ name: 'sync', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

export const syncPhases = ['listing', 'looking up', 'blacklist', 'tidying', 'done'] as const;

const syncSchema = v.strictObject({
  _id: v.literal('sync'),
  /** In ms, and the name of the sync. */
  startedAt: v.number(),
  phase: v.picklist(syncPhases),
  pages: v.number(),
  listed: v.number(),
  finishedAt: v.optional(v.number()),
  /** When the last one that came to its end was started. */
  lastStartedAt: v.optional(v.number()),
});
export type Sync = v.InferOutput<typeof syncSchema>;

/** The one document about the sync that runs, or ran last. */
export const syncCollection = defineCollection<Sync>({
  name: 'follower_sync',
  schema: syncSchema,
});

export const followerCollections = [
  blockCollection,
  leaverCollection,
  pageCollection,
  syncCollection,
] as const;
