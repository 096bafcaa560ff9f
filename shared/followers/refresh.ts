import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { User } from '../wechat/catalogue/user.ts';
import type { Api } from '../wechat/client/index.ts';
import { unpack } from './block.ts';
import { type Book, busy } from './book.ts';
import { currentMarks, type Follower, withProfile } from './follower.ts';
import { leaverCollection, marksOf } from './leavers.ts';

export interface RefreshOptions {
  readonly api: Pick<Api, 'user'>;
  readonly book: Book;
  readonly store: Pick<Store, 'query'>;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
}

const TRIES = 5;

/**
 * Takes over what WeChat says now of up to 100 followers: one call, three operations of the store.
 * Doing it twice has the same effect as once. What an event says meanwhile is newer, and stays.
 */
export function createRefresh({ api, book, store, clock, traceOf }: RefreshOptions) {
  return async (openids: readonly string[], signal?: AbortSignal): Promise<void> => {
    const askedAt = clock.now();
    const { user_info_list: users } = await api.user.getMany(
      { user_list: openids.map((openid) => ({ openid })) },
      signal && { signal },
    );
    const byOpenid = new Map(users.map((user) => [user.openid, user]));
    for (let tries = 0; tries < TRIES; tries += 1) {
      const left = await update(byOpenid, askedAt);
      if (left.length === 0) return;
      if (await book.add(await withMarks(left, askedAt))) return;
      // An event has added one of them meanwhile; the next try finds that follower.
    }
    throw busy();
  };

  /** Changes the followers that are in the book. Returns those who follow and are not in it yet. */
  async function update(users: ReadonlyMap<string, User>, askedAt: number): Promise<User[]> {
    const known = new Set<string>();
    for (const block of await book.find([...users.keys()])) {
      for (const { openid } of unpack(block.doc)) known.add(openid);
      await book.edit(block, (followers) =>
        followers.flatMap((one) => {
          const user = users.get(one.openid);
          if (!user || one.seen > askedAt) return [one];
          return user.subscribe === 1 ? [withProfile(one, user, askedAt)] : [];
        }),
      );
    }
    return [...users.values()].filter(
      ({ openid, subscribe }) => subscribe === 1 && !known.has(openid),
    );
  }

  /** A follower who left and came back unnoticed has still had the messages of this month. */
  async function withMarks(users: readonly User[], askedAt: number): Promise<Follower[]> {
    const found = await store.query(leaverCollection, {
      filter: { _id: { in: users.map(({ openid }) => traceOf(openid)) } },
      limit: 1_000,
    });
    const leavers = new Map(found.map(({ doc }) => [doc._id, doc]));
    return users.map((user) => {
      const sent = currentMarks(marksOf(leavers.get(traceOf(user.openid))), askedAt);
      const follower = withProfile(undefined, user, askedAt);
      return sent.length > 0 ? { ...follower, sent } : follower;
    });
  }
}
