import { randomUUID } from 'node:crypto';
import type { Block } from './collections.ts';
import type { Follower } from './follower.ts';

/** As many as WeChat describes in one call. */
export const BLOCK_SIZE = 100;

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
  };
}

export function unpack({ openids, rows }: Block): readonly Follower[] {
  const parsed = JSON.parse(rows) as readonly Omit<Follower, 'openid'>[];
  return parsed.map((row, index) => ({ ...row, openid: openids[index] ?? '' }));
}
