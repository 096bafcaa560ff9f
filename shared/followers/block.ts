import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';
import type { Follower } from './follower.ts';
import { wordsOf } from './words.ts';

/** As many as WeChat describes in one call. */
export const BLOCK_SIZE = 100;

const blockSchema = v.strictObject({
  _id: v.string(),
  /** Never empty: a unique index would take two empty lists for the same. An empty block goes. */
  openids: v.pipe(v.array(v.string()), v.nonEmpty()),
  hasRoom: v.boolean(),
  /**
   * The rest about each of them, in the same order. It is JSON because custom fields may have any
   * name, and because a hundred followers as text cost the database a fifth.
   */
  rows: v.string(),
  /** The words by which a search finds them; blocks of before there was a search get them with the next sync. */
  words: v.optional(v.array(v.string())),
});

/** Up to a hundred followers in one document, so that a million of them are ten thousand writes. */
export type Block = v.InferOutput<typeof blockSchema>;

export const blockCollection = defineCollection<Block>({
  name: 'followers',
  schema: blockSchema,
  indexes: [
    // The database itself refuses a follower in two blocks, whatever races.
    { fields: [{ name: 'openids', direction: 'asc' }], unique: true },
    { fields: [{ name: 'hasRoom', direction: 'asc' }] },
    { fields: [{ name: 'words', direction: 'asc' }] },
  ],
});

/** A block for these followers, under an id of its own. */
export function newBlock(followers: readonly Follower[]): Block {
  return pack(randomUUID(), followers);
}

export function pack(_id: string, followers: readonly Follower[]): Block {
  return {
    _id,
    openids: followers.map(({ openid }) => openid),
    hasRoom: followers.length < BLOCK_SIZE,
    rows: JSON.stringify(followers.map(({ openid: _, ...row }) => row)),
    words: [...new Set(followers.flatMap(wordsOf))],
  };
}

export function unpack({ openids, rows }: Block): readonly Follower[] {
  const parsed = JSON.parse(rows) as readonly Omit<Follower, 'openid'>[];
  return parsed.map((row, index) => ({ ...row, openid: openids[index] ?? '' }));
}
