import type { Stored } from '../store/store.ts';
import { type Block, unpack } from './block.ts';
import type { Book } from './book.ts';
import type { Follower } from './follower.ts';

/** Blocks in one query: five thousand followers, some 500 kB. */
export const SCAN_PAGE = 50;

/** Reads every block, page by page, so that only one page is in memory. */
export async function* scan(
  book: Pick<Book, 'read'>,
  { after = '', limit = SCAN_PAGE } = {},
): AsyncGenerator<readonly Stored<Block>[]> {
  for (let cursor = after; ; ) {
    const page = await book.read(cursor, limit);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < limit) return;
    cursor = last.doc._id;
  }
}

/** Reads every follower, in the order of the blocks. */
export async function* everyone(book: Pick<Book, 'read'>): AsyncGenerator<Follower> {
  for await (const page of scan(book)) {
    for (const { doc } of page) yield* unpack(doc);
  }
}
