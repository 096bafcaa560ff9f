import { chinaDay } from '../kernel/china-time.ts';
import type { Book } from './book.ts';
import { type FollowerFilter, isChosen } from './filter.ts';
import { everyone } from './scan.ts';

export interface Counted {
  /** All followers in our copy of the list. */
  readonly followers: number;
  readonly chosen: number;
}

/** Counts the followers by the scenes of the QR codes that they came by; the others are left out. */
export function createCountByQrcode(book: Pick<Book, 'read'>) {
  return async (filter: FollowerFilter | undefined): Promise<ReadonlyMap<string, number>> => {
    const counts = new Map<string, number>();
    for await (const one of everyone(book)) {
      if (one.code === undefined || (filter && !isChosen(one, filter))) continue;
      counts.set(one.code, (counts.get(one.code) ?? 0) + 1);
    }
    return counts;
  };
}

/** How many began to follow on each day in China, by the scene of the QR code that they came by. */
export type FollowsByScene = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Counts those who follow now and began so on a day in China or later, by scene and day. One scan. */
export function createFollowsByQrcode(book: Pick<Book, 'read'>) {
  return async (from: number): Promise<FollowsByScene> => {
    const counts = new Map<string, Map<number, number>>();
    for await (const { code, since } of everyone(book)) {
      const day = chinaDay(since);
      if (code === undefined || day < from) continue;
      const days = counts.get(code) ?? new Map<number, number>();
      counts.set(code, days.set(day, (days.get(day) ?? 0) + 1));
    }
    return counts;
  };
}

/** Counts the followers that a filter chooses; without one, all. One query for each 5 000 of them. */
export function createCount(book: Pick<Book, 'read'>) {
  return async (filter: FollowerFilter | undefined): Promise<Counted> => {
    let [followers, chosen] = [0, 0];
    for await (const one of everyone(book)) {
      followers += 1;
      if (!filter || isChosen(one, filter)) chosen += 1;
    }
    return { followers, chosen };
  };
}
