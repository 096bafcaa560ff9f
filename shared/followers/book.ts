import { AppError } from '../kernel/errors.ts';
import { reasonOf } from '../store/failure.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { BLOCK_SIZE, type Block, blockCollection, newBlock, pack, unpack } from './block.ts';
import type { Follower } from './follower.ts';

/**
 * Makes the new content of a block of the old; `undefined` leaves the block as it is. It may run more
 * than once.
 */
export type BlockChange = (followers: readonly Follower[]) => readonly Follower[] | undefined;

/** All followers, block by block; each stands in it once. */
export interface Book {
  /** Reads up to `limit` blocks behind this one, in the order of their ids. One query. */
  read(after: string, limit: number): Promise<readonly Stored<Block>[]>;
  /** Finds the blocks that hold at least one of up to 100 openids. One query. */
  find(openids: readonly string[]): Promise<readonly Stored<Block>[]>;
  /** The same of up to `limit` blocks behind this one that have one of these words. One query. */
  findByWords(
    words: readonly string[],
    after: string,
    limit: number,
  ): Promise<readonly Stored<Block>[]>;
  /** Changes a block as it is now. One write, and more only if other writers change it too. */
  edit(block: Stored<Block>, change: BlockChange): Promise<void>;
  /** Changes each of these followers, in whatever block. Returns how many of them there are. */
  editEach(openids: readonly string[], change: (one: Follower) => Follower): Promise<number>;
  /** The same as `edit`, inside a transaction; it does nothing if the block is gone. */
  editIn(tx: Transaction, id: string, change: BlockChange): Promise<void>;
  /**
   * Adds up to 100 followers to a block that has room, or as a new block. `false` if one of them is
   * in the book already; then none was added.
   */
  add(followers: readonly Follower[]): Promise<boolean>;
}

/** How often the change of a block is tried while other writers change it too. */
const TRIES = 12;
/** Blocks with room to choose from, so that followers who come at once do not all get the same. */
const CHOICE = 20;
/** This many followers are worth a block of their own. */
const ENOUGH = BLOCK_SIZE / 2;
/** Blocks that are written at the same time. */
const WRITES_AT_ONCE = 8;

export interface BookOptions {
  readonly store: Store;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export function createBook({ store, random }: BookOptions): Book {
  async function editIn(tx: Transaction, id: string, change: BlockChange): Promise<void> {
    const current = await tx.get(blockCollection, id);
    const next = current && change(unpack(current.doc));
    if (!next) return;
    if (next.length === 0) await tx.remove(blockCollection, id);
    else await tx.replace(blockCollection, pack(id, next));
  }

  async function append(followers: readonly Follower[]): Promise<boolean | undefined> {
    const found = await store.query(blockCollection, {
      filter: { hasRoom: { eq: true } },
      limit: CHOICE,
    });
    const open = found.filter(({ doc }) => doc.openids.length + followers.length <= BLOCK_SIZE);
    const chosen = open[Math.floor(random() * open.length)];
    if (!chosen) return undefined;
    const { doc, rev } = chosen;
    try {
      const next = pack(doc._id, [...unpack(doc), ...followers]);
      return (await store.replaceIf(blockCollection, next, rev)) || undefined;
    } catch (error) {
      if (reasonOf(error) === 'duplicate') return false;
      throw error;
    }
  }

  const find: Book['find'] = (openids) =>
    store.query(blockCollection, { filter: { openids: { hasAny: openids } }, limit: 1_000 });

  async function edit(block: Stored<Block>, change: BlockChange): Promise<void> {
    const { _id: id } = block.doc;
    let current: Stored<Block> | undefined = block;
    for (let tries = 0; current && tries < TRIES; tries += 1) {
      const next = change(unpack(current.doc));
      if (!next) return;
      // The store port has no compare-and-remove, so an empty block goes in a transaction.
      if (next.length === 0) return store.transaction((tx) => editIn(tx, id, change));
      if (await store.replaceIf(blockCollection, pack(id, next), current.rev)) return;
      current = await store.get(blockCollection, id);
    }
    if (current) throw busy();
  }

  return {
    find,
    edit,
    editIn,

    read: (after, limit) =>
      store.query(blockCollection, {
        filter: after === '' ? 'all' : { _id: { gt: after } },
        order: [{ field: '_id', direction: 'asc' }],
        limit,
      }),

    findByWords: (words, after, limit) =>
      store.query(blockCollection, {
        filter: { words: { hasAny: words }, ...(after === '' ? {} : { _id: { gt: after } }) },
        order: [{ field: '_id', direction: 'asc' }],
        limit,
      }),

    async editEach(openids, change) {
      let count = 0;
      for (let at = 0; at < openids.length; at += BLOCK_SIZE) {
        const wanted = new Set(openids.slice(at, at + BLOCK_SIZE));
        const blocks = [...(await find([...wanted]))];
        const isWanted = ({ openid }: { openid: string }) => wanted.has(openid);
        for (const { doc } of blocks) count += unpack(doc).filter(isWanted).length;
        while (blocks.length > 0) {
          await Promise.all(
            blocks.splice(0, WRITES_AT_ONCE).map((block) =>
              edit(block, (followers) => {
                if (!followers.some(isWanted)) return undefined;
                return followers.map((one) => (isWanted(one) ? change(one) : one));
              }),
            ),
          );
        }
      }
      return count;
    },

    async add(followers) {
      if (followers.length < ENOUGH) {
        for (let tries = 0; tries < 2; tries += 1) {
          const isAdded = await append(followers);
          if (isAdded !== undefined) return isAdded;
        }
      }
      return store.create(blockCollection, newBlock(followers));
    },
  };
}

export function busy(): AppError {
  return new AppError('conflict', 'Many other writers are changing the same followers; try again.');
}
