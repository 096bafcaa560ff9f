import type { Stored } from '../store/store.ts';
import { type Block, unpack } from './block.ts';
import type { Book } from './book.ts';
import { type FollowerFilter, isChosen } from './filter.ts';
import type { Follower } from './follower.ts';
import { wantedOf } from './words.ts';

/** What operators see of a follower. */
export type FollowerRow = Omit<Follower, 'seen' | 'sent'>;

export interface Found {
  readonly found: readonly FollowerRow[];
  /** How many followers were read for it. */
  readonly looked: number;
  /** Goes into `after` for what comes next; without it the search has come to its end. */
  readonly next?: string;
}

export interface SearchRequest {
  /** Words of an openid, a unionid, a remark or imported data; all must be found. */
  readonly text?: string | undefined;
  readonly filter?: FollowerFilter | undefined;
  readonly after?: string | undefined;
}

/** A page of the list is at least this long, and ends with a block. */
const ENOUGH = 20;
/** Blocks in each query of one search: few, if nearly everybody is meant, and then as many as a scan reads. */
const QUERIES = [2, 10, 50, 50, 50] as const;

/**
 * Finds followers. A text is found by an index, whatever the number of followers; a filter alone reads
 * them, up to 16 200 in one search, and goes on in the next.
 */
export function createSearch(book: Pick<Book, 'read' | 'findByWords'>) {
  return async ({ text = '', filter, after = '' }: SearchRequest): Promise<Found> => {
    const wanted = wantedOf(text);
    if (!wanted && text.trim() !== '') return { found: [], looked: 0 };
    const found: FollowerRow[] = [];
    let looked = 0;
    let next = after;
    for (const limit of QUERIES) {
      const blocks: readonly Stored<Block>[] = wanted
        ? await book.findByWords(wanted.words, next, limit)
        : await book.read(next, limit);
      for (const { doc } of blocks) {
        const followers = unpack(doc);
        looked += followers.length;
        next = doc._id;
        for (const one of followers) {
          if (wanted && !wanted.isIn(one)) continue;
          if (!filter || isChosen(one, filter)) found.push(rowOf(one));
        }
        if (found.length >= ENOUGH) return { found, looked, next };
      }
      if (blocks.length < limit) return { found, looked };
    }
    return { found, looked, next };
  };
}

export function rowOf({ seen: _, sent: __, ...row }: Follower): FollowerRow {
  return row;
}
