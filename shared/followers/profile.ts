import { unpack } from './block.ts';
import type { Book } from './book.ts';
import { nobody } from './consents.ts';
import { currentMarks } from './follower.ts';
import { type FollowerRow, rowOf } from './search.ts';

/** All that we have of a follower. */
export interface Profile extends FollowerRow {
  /** When an event or a sync last said that they follow, in ms. */
  readonly seen: number;
  /** The mass messages of this month in China. */
  readonly massMessages: number;
}

/** @throws AppError `not_found` if nobody of this openid follows */
export function createProfiles(book: Pick<Book, 'find'>, now: () => number) {
  return async (openid: string): Promise<Profile> => {
    const [block] = await book.find([openid]);
    const one = block && unpack(block.doc).find((each) => each.openid === openid);
    if (!one) throw nobody();
    const massMessages = currentMarks(one.sent, now()).length;
    return { ...rowOf(one), seen: one.seen, massMessages };
  };
}
