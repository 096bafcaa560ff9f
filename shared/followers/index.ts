import type { Queue } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { blockCollection } from './block.ts';
import { createBook } from './book.ts';
import { createConsents } from './consents.ts';
import { createCount, createCountByQrcode, createFollowsByQrcode } from './count.ts';
import { createImport } from './imports.ts';
import { leaverCollection } from './leavers.ts';
import { createPresence } from './presence.ts';
import { createProfiles } from './profile.ts';
import { createRefresh } from './refresh.ts';
import { createSearch } from './search.ts';
import { segmentCollection } from './segment-document.ts';
import { createSegments } from './segments.ts';
import { createSyncs } from './sync.ts';
import { pageCollection, syncCollection } from './sync-document.ts';
import { createTags } from './tags.ts';

export interface FollowersOptions {
  readonly api: Pick<Api, 'user' | 'tag' | 'blacklist'>;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** The account's followers: our copy of what WeChat knows of them, and what the business adds. */
export function createFollowers(options: FollowersOptions) {
  const { clock } = options;
  const book = createBook(options);
  const world = { ...options, book };
  return {
    book,
    syncs: createSyncs(options),
    presence: createPresence(world),
    count: createCount(book),
    countByQrcode: createCountByQrcode(book),
    followsByQrcode: createFollowsByQrcode(book),
    search: createSearch(book),
    profile: createProfiles(book, clock.now),
    noteConsent: createConsents(book, clock.now),
    import: createImport(book),
    segments: createSegments(world),
    tags: createTags({ ...world, refresh: createRefresh(world), now: clock.now }),
  };
}

export type Followers = ReturnType<typeof createFollowers>;

export const followerCollections = [
  blockCollection,
  leaverCollection,
  pageCollection,
  segmentCollection,
  syncCollection,
] as const;

export { type Block, unpack } from './block.ts';
export { type Book, type BookOptions, createBook } from './book.ts';
export { type FollowerFilter, filterSchema, isChosen, time as timeSchema } from './filter.ts';
export { currentMarks, type Follower } from './follower.ts';
export { createForgetTagJob } from './forget-tag.ts';
export { createPresence, type Presence } from './presence.ts';
export { importSchema } from './rows.ts';
export { SCAN_PAGE } from './scan.ts';
export { createSyncs, type Syncs } from './sync.ts';
export { createSyncJobs } from './sync-jobs.ts';
