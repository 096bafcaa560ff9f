import { type Book, unpack } from '../followers/index.ts';
import { chinaDay } from '../kernel/china-time.ts';
import { type Audience, createJudge, type Judging, readBlocks } from './audience.ts';
import type { Broadcast } from './collections.ts';
import { MAX_BATCH, MIN_BATCH } from './limits.ts';

/** What a broadcast would be, if it were laid down now. */
export interface Plan {
  /** Followers that we know. For openids and one call it is not counted. */
  readonly receivers: number;
  readonly leftOut: Broadcast['leftOut'];
  readonly batches: number;
}

/** One query for each 5 000 followers, or for each 20 openids. */
export async function makePlan(
  book: Pick<Book, 'read' | 'find'>,
  audience: Audience,
  judging: Omit<Judging, 'audience' | 'day'> & { readonly at: number },
): Promise<Plan> {
  const day = chinaDay(judging.at);
  const counts = { taken: 0, 'not meant': 0, blocked: 0, month: 0, day: 0, unknown: 0 };
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await readBlocks(book, audience, cursor);
    const judge = createJudge({ ...judging, audience: page.audience, day });
    for (const { doc } of page.blocks) for (const one of unpack(doc)) counts[judge(one)] += 1;
    cursor = page.next;
  }
  const { taken, 'not meant': _, ...leftOut } = counts;
  const known = taken + leftOut.blocked + leftOut.month + leftOut.day;
  return {
    receivers: taken,
    leftOut: { ...leftOut, unknown: unknownOf(audience, known) },
    batches: taken < MIN_BATCH ? 0 : Math.ceil(taken / MAX_BATCH),
  };
}

export function unknownOf({ openids }: Audience, known: number): number {
  return openids ? Math.max(0, openids.length - known) : 0;
}
