import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { unpack } from './block.ts';
import type { Book } from './book.ts';
import type { Follower } from './follower.ts';
import { leaverCollection } from './leavers.ts';
import { scan } from './scan.ts';

export interface TidyingOptions {
  readonly api: Pick<Api, 'blacklist'>;
  readonly book: Book;
  readonly store: Store;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
}

/** The end of a sync: the blacklist, and followers who are none any more. */
export function createTidying({ api, book, store, traceOf }: TidyingOptions) {
  return {
    /** Marks the followers that this sync finds on the blacklist. */
    async markBlocked(startedAt: number, signal: AbortSignal): Promise<void> {
      for (let begin = ''; ; ) {
        const page = await api.blacklist.list(begin === '' ? {} : { begin_openid: begin }, {
          signal,
        });
        const openids = page.data?.openid ?? [];
        await book.editEach(openids, (one) => ({ ...one, blockedAt: startedAt }));
        begin = openids.at(-1) ?? '';
        if (begin === '' || openids.length >= (page.total ?? Infinity)) return;
      }
    },

    /**
     * Removes followers whom neither this sync nor a later event has seen, and those who left while it
     * ran. Returns the block to go on from if the time was over before the work was.
     */
    async sweep(startedAt: number, after: string, hurry: AbortSignal): Promise<string | undefined> {
      const leavers = await leaversSince(startedAt);
      for await (const page of scan(book, { after })) {
        for (const block of page) {
          const hasLeft = ({ openid, since }: Follower) =>
            leavers.size > 0 && (leavers.get(traceOf(openid)) ?? 0) >= since;
          const isStale = (one: Follower) => one.seen < startedAt || hasLeft(one);
          const wasUnblocked = ({ blockedAt = startedAt }: Follower) => blockedAt < startedAt;
          if (!unpack(block.doc).some((one) => isStale(one) || wasUnblocked(one))) continue;
          await book.edit(block, (followers) =>
            followers
              .filter((one) => !isStale(one))
              .map((one) => (wasUnblocked(one) ? withoutBlock(one) : one)),
          );
        }
        if (hurry.aborted) return page.at(-1)?.doc._id;
      }
      return undefined;
    },
  };

  /** When each left, by their trace: a page may have been looked up before that and written after. */
  async function leaversSince(startedAt: number): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (let skip = 0; ; skip += 1_000) {
      const page = await store.query(leaverCollection, {
        filter: { leftAt: { gte: new Date(startedAt) } },
        order: [{ field: 'leftAt', direction: 'asc' }],
        limit: 1_000,
        skip,
      });
      for (const { doc } of page) found.set(doc._id, doc.leftAt.getTime());
      if (page.length < 1_000) return found;
    }
  }
}

function withoutBlock({ blockedAt: _, ...rest }: Follower): Follower {
  return rest;
}
