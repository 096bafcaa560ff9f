import {
  type Block,
  type Book,
  type Filter,
  type Follower,
  isChosen,
  SCAN_PAGE,
} from '../followers/index.ts';
import type { Store, Stored } from '../store/store.ts';
import { type Broadcast, type Gate, sliceCollection } from './collections.ts';
import { fullness } from './gate.ts';
import { BLOCKS_AT_ONCE, type Limits } from './limits.ts';

/** Why one who was meant does not get it. `unknown`: not among the followers that we know. */
export type LeftOut = keyof Broadcast['leftOut'];
export type Verdict = 'taken' | 'not meant' | LeftOut;

/** Whom a broadcast is for, as far as it is known when it is looked at. */
export interface Audience {
  readonly kind: Broadcast['audience'];
  readonly tagId?: number | undefined;
  readonly filter?: Filter | undefined;
  readonly openids?: readonly string[] | undefined;
}

export interface Judging {
  readonly audience: Audience;
  readonly gate: Gate;
  readonly limits: Limits;
  /** Of the broadcast, and the day in China to which its messages count. */
  readonly id: string;
  readonly day: number;
}

/** Says of each follower whether the broadcast takes them. */
export function createJudge({ audience, gate, limits, id, day }: Judging) {
  const { kind, filter, tagId } = audience;
  const openids = new Set(audience.openids);
  const tests: Record<Audience['kind'], (one: Follower) => boolean> = {
    all: () => true,
    tag: ({ tags }) => tags?.includes(tagId ?? 0) ?? false,
    openids: ({ openid }) => openids.has(openid),
    filter: (one) => filter !== undefined && isChosen(one, filter),
  };
  const isMeant = tests[kind];
  return (one: Follower): Verdict => {
    // Who has it already stands in an earlier block, or came back meanwhile.
    if (!isMeant(one) || one.sent?.some(([, by]) => by === id)) return 'not meant';
    if (one.blockedAt !== undefined) return 'blocked';
    return fullness(one, gate, day, limits) ?? 'taken';
  };
}

/** Some blocks, who is looked for in them, and where to go on; no cursor at the end. */
export interface BlockPage {
  readonly blocks: readonly Stored<Block>[];
  readonly audience: Audience;
  readonly next: string | undefined;
}

/** The blocks behind the cursor: all in turn, or only those of the openids. */
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
  // No more than can be marked at once, wherever they stand.
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
    kind === 'openids' ? await store.get(sliceCollection, wantedId(doc._id)) : undefined;
  return {
    kind,
    tagId,
    filter: filter === undefined ? undefined : (JSON.parse(filter) as Filter),
    openids: named?.doc.openids,
  };
}

/** Where the openids that were named wait for the start. */
export function wantedId(id: string): string {
  return `${id}.wanted`;
}
