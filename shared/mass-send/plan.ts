import { type Book, type Syncs, unpack } from '../followers/index.ts';
import { chinaDay, chinaMonth, startOfChinaDay } from '../kernel/china-time.ts';
import {
  type Audience,
  createEligibility,
  type EligibilityOptions,
  readBlocks,
} from './audience.ts';
import type { Broadcast } from './broadcast-document.ts';
import { type Limits, MAX_BATCH, MIN_BATCH } from './limits.ts';
import { type Refused, refusal } from './refusal.ts';

/** What a broadcast would be, if it were laid down now. */
export interface Plan {
  /** Followers in our copy who would get it. */
  readonly receivers: number;
  readonly leftOut: Broadcast['leftOut'];
  readonly batches: number;
}

export interface PlannerOptions {
  readonly book: Pick<Book, 'read' | 'find'>;
  readonly syncs: Pick<Syncs, 'status'>;
  readonly limits: Limits;
}

type Start = Pick<EligibilityOptions, 'gate' | 'id'> & { readonly at: number };

/** Makes the plan of a broadcast, unless our copy of the followers is not whole. */
export function createPlanner({ book, syncs, limits }: PlannerOptions) {
  return async (audience: Audience, start: Start): Promise<Plan> => {
    const { completeSince, isOver } = await syncs.status();
    if (completeSince !== undefined) return makePlan(book, audience, { ...start, limits });
    const todo = isOver
      ? 'run `followers sync` first'
      : 'its first sync is under way; `followers status` with --watch waits for it';
    const why = `our copy of the followers is not complete; ${todo}`;
    throw refusal({ rule: 'followers not synced', why });
  };
}

/** One query for each 5 000 followers, or for each 20 openids. */
async function makePlan(
  book: PlannerOptions['book'],
  audience: Audience,
  options: Start & Pick<EligibilityOptions, 'limits'>,
): Promise<Plan> {
  const day = chinaDay(options.at);
  const counts = { taken: 0, 'not meant': 0, blocked: 0, month: 0, day: 0, unknown: 0 };
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await readBlocks(book, audience, cursor);
    const judge = createEligibility({ ...options, audience: page.audience, day });
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

/** Refuses a plan for no follower or one now, and not when it is too late to mend it. */
export function planRefusal(
  { receivers, leftOut, batches }: Plan,
  { kind }: Audience,
  { perDay, perMonth }: Limits,
  now: number,
): Refused | undefined {
  if (batches > 0) return undefined;
  if (receivers === 1) {
    const why = 'WeChat sends to two followers at least; use `preview` for one';
    return { rule: 'one follower', why };
  }
  const day = chinaDay(now);
  if (leftOut.day > 0) {
    const why = `all followers who are meant have had ${perDay} messages today`;
    return { rule: 'messages a day', why, freesAt: startOfChinaDay(day + 1) };
  }
  if (leftOut.month > 0) {
    const why = `all followers who are meant have had ${perMonth} messages this month`;
    return { rule: 'messages a month', why, freesAt: startOfChinaDay(chinaMonth(day).until) };
  }
  const why = kind === 'tag' ? 'no follower in our copy has the tag' : 'no follower is meant';
  return { rule: 'no audience', why };
}

export function unknownOf({ openids }: Audience, known: number): number {
  return openids ? Math.max(0, openids.length - known) : 0;
}
