import {
  type Block,
  type Book,
  type Follower,
  type FollowerFilter,
  isChosen,
  SCAN_PAGE,
} from '../followers/index.ts';
import type { Store, Stored } from '../store/store.ts';
import type { Broadcast } from './broadcast-document.ts';
import { fullness, type Gate } from './gate.ts';
import { namedSliceId } from './ids.ts';
import { BLOCKS_AT_ONCE, type Limits } from './limits.ts';
import type { Submission } from './requests.ts';
import { sliceCollection } from './slices.ts';

/** Why a follower who was meant does not get it. `unknown`: not in our copy of the followers. */
export type LeftOut = keyof Broadcast['leftOut'];
export type Eligibility = 'taken' | 'not meant' | LeftOut;

/** Whom a broadcast is for, as far as the submission says. */
export interface Audience {
  readonly kind: Broadcast['audience'];
  readonly tagId?: number | undefined;
  readonly filter?: FollowerFilter | undefined;
  readonly openids?: readonly string[] | undefined;
}

/** The audience that a submission says. */
export function audienceIn({ audience }: Pick<Submission, 'audience'>): Audience {
  if ('all' in audience) return { kind: 'all' };
  if ('tagId' in audience) return { kind: 'tag', tagId: audience.tagId };
  if ('openids' in audience) return { kind: 'openids', openids: audience.openids };
  return { kind: 'filter', filter: audience.filter };
}

export interface EligibilityOptions {
  readonly audience: Audience;
  readonly gate: Gate;
  readonly limits: Limits;
  /** Of the broadcast, and the day in China to which its messages count. */
  readonly id: string;
  readonly day: number;
}

/** Makes the test that says of each follower whether the broadcast takes them. */
export function createEligibility({ audience, gate, limits, id, day }: EligibilityOptions) {
  const { kind, filter, tagId } = audience;
  const openids = new Set(audience.openids);
  const tests: Record<Audience['kind'], (one: Follower) => boolean> = {
    all: () => true,
    tag: ({ tags }) => tags?.includes(tagId ?? 0) ?? false,
    openids: ({ openid }) => openids.has(openid),
    filter: (one) => filter !== undefined && isChosen(one, filter),
  };
  const isMeant = tests[kind];
  return (one: Follower): Eligibility => {
    // A follower marked with this broadcast stood in an earlier block, or left and came back.
    if (!isMeant(one) || one.sent?.some(([, by]) => by === id)) return 'not meant';
    if (one.blockedAt !== undefined) return 'blocked';
    return fullness(one, gate, day, limits) ?? 'taken';
  };
}

/** Some blocks, the audience to look for in them, and the cursor to go on from; none at the end. */
export interface BlockPage {
  readonly blocks: readonly Stored<Block>[];
  readonly audience: Audience;
  readonly next: string | undefined;
}

/** The blocks behind the cursor: all in turn, or only those of the named openids. */
export async function readBlocks(
  book: Pick<Book, 'read' | 'find'>,
  audience: Audience,
  cursor: string,
): Promise<BlockPage> {
  if (audience.kind !== 'openids') {
    const blocks = await book.read(cursor, SCAN_PAGE);
    const next = blocks.length < SCAN_PAGE ? undefined : blocks.at(-1)?.doc._id;
    return { blocks, audience, next };
  }
  const { openids: all = [] } = audience;
  const from = Number(cursor);
  // No more openids than one transaction can mark, even if each stands in a block of its own.
  const until = from + BLOCKS_AT_ONCE;
  const openids = all.slice(from, until);
  const blocks = await book.find(openids);
  const next = until < all.length ? String(until) : undefined;
  return { blocks, audience: { ...audience, openids }, next };
}

/** The audience of a stored broadcast. */
export async function audienceOf(store: Pick<Store, 'get'>, doc: Broadcast): Promise<Audience> {
  const { audience: kind, tagId, filter } = doc;
  const named =
    kind === 'openids' ? await store.get(sliceCollection, namedSliceId(doc._id)) : undefined;
  return {
    kind,
    tagId,
    filter: filter === undefined ? undefined : (JSON.parse(filter) as FollowerFilter),
    openids: named?.doc.openids,
  };
}
