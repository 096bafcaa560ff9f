import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';

const pageSchema = v.strictObject({
  _id: v.string(),
  /** The sync that it is part of, by when that began, in ms. */
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
  /** When it began, in ms: this is also the name of the sync. */
  startedAt: v.number(),
  phase: v.picklist(syncPhases),
  pages: v.number(),
  listed: v.number(),
  finishedAt: v.optional(v.number()),
  /** When the last sync that came to its end was started. */
  lastStartedAt: v.optional(v.number()),
});
export type Sync = v.InferOutput<typeof syncSchema>;

/** The one document about the sync that runs, or that ran last. */
export const syncCollection = defineCollection<Sync>({
  name: 'follower_sync',
  schema: syncSchema,
});
