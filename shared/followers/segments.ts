import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import type { Book } from './book.ts';
import { type FollowerFilter, filterSchema, isChosen, type WrittenFilter } from './filter.ts';
import { everyone } from './scan.ts';
import { MAX_SEGMENTS, type SegmentDocument, segmentCollection } from './segment-document.ts';

/** A saved filter. As an audience of a mass send its filter is given as it is now. */
export interface Segment {
  readonly name: string;
  readonly filter: WrittenFilter;
  readonly savedAt: number;
}

/** How many followers there are, and how many of them each segment chooses. */
export interface SegmentCounts {
  readonly followers: number;
  readonly segments: readonly { readonly name: string; readonly chosen: number }[];
}

export interface SegmentsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly book: Pick<Book, 'read'>;
}

/** The filters that operators have saved under a name. */
export function createSegments({ store, clock, book }: SegmentsOptions) {
  return { list, save, remove, count };

  /** All segments, by name. */
  async function list(): Promise<readonly Segment[]> {
    const found = await store.query(segmentCollection, {
      filter: 'all',
      order: [{ field: '_id', direction: 'asc' }],
      limit: MAX_SEGMENTS,
    });
    return found.map(({ doc }) => shown(doc));
  }

  /** @throws AppError `conflict` if there is one of this name and it is not to be replaced, or too many */
  async function save(wanted: {
    readonly name: string;
    readonly filter: WrittenFilter;
    readonly replace: boolean;
  }): Promise<Segment> {
    const { name, filter, replace } = wanted;
    const doc: SegmentDocument = {
      _id: name,
      filter: JSON.stringify(filter),
      savedAt: clock.now(),
    };
    const before = await store.get(segmentCollection, name);
    if (before) {
      if (!replace) throw taken(name);
      if (await store.replaceIf(segmentCollection, doc, before.rev)) return shown(doc);
      throw new AppError('conflict', `"${name}" was changed at the same moment: try again.`);
    }
    if ((await store.count(segmentCollection, 'all')) >= MAX_SEGMENTS) {
      throw new AppError('conflict', `There are ${MAX_SEGMENTS} segments: delete one first.`);
    }
    if (await store.create(segmentCollection, doc)) return shown(doc);
    throw taken(name);
  }

  /** @throws AppError `not_found` */
  async function remove(name: string): Promise<void> {
    if (await store.remove(segmentCollection, name)) return;
    throw new AppError('not_found', `There is no segment "${name}".`);
  }

  /** Counts all segments in one reading of the followers, as they are now. */
  async function count(): Promise<SegmentCounts> {
    const counts = (await list()).map(({ name, filter }) => ({
      name,
      filter: v.parse(filterSchema, filter) as FollowerFilter,
      chosen: 0,
    }));
    let followers = 0;
    for await (const one of everyone(book)) {
      followers += 1;
      for (const each of counts) if (isChosen(one, each.filter)) each.chosen += 1;
    }
    return { followers, segments: counts.map(({ name, chosen }) => ({ name, chosen })) };
  }
}

export type Segments = ReturnType<typeof createSegments>;

function shown({ _id: name, filter, savedAt }: SegmentDocument): Segment {
  return { name, filter: JSON.parse(filter) as WrittenFilter, savedAt };
}

function taken(name: string): AppError {
  return new AppError(
    'conflict',
    `There is a segment "${name}" already: choose another name, or give {"replace": true}.`,
  );
}
