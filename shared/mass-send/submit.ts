import { createHash } from 'node:crypto';
import type { Book, Syncs } from '../followers/index.ts';
import type { Queue } from '../jobs/index.ts';
import { chinaDay, chinaTime } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Audience } from './audience.ts';
import { type Broadcast, broadcastCollection } from './broadcast-document.ts';
import { readGate, takeSlotIn } from './change.ts';
import { assertContentThere } from './content-check.ts';
import { type DryRun, dryRunOf } from './dry-run.ts';
import { callRefusal, type Gate, mayAnyBeFull, quietRefusal, slotRefusal } from './gate.ts';
import { broadcastId, namedSliceId } from './ids.ts';
import { massSendJob } from './job.ts';
import { type Limits, MAX_AHEAD_MS } from './limits.ts';
import { makePlan, type Plan, planRefusal } from './plan.ts';
import { quotaOf } from './quota.ts';
import { type Refused, refusal } from './refusal.ts';
import type { Submission } from './requests.ts';
import { sliceCollection } from './slices.ts';
import { type MassSendSummary, summaryOf } from './summary.ts';

export interface SubmitOptions {
  readonly api: Pick<Api, 'card' | 'draft' | 'material' | 'media'>;
  readonly store: Store;
  readonly book: Pick<Book, 'read' | 'find'>;
  readonly syncs: Pick<Syncs, 'status'>;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly limits: Limits;
}

const DAY_MS = 86_400_000;

/**
 * Takes a broadcast, or refuses it by the first rule that it breaks. One transaction writes the slot,
 * the broadcast and its job: of two operators at the same moment one gets the slot, and the other
 * is told so. WeChat is asked only whether the content is there.
 */
export function createSubmit({ api, store, book, syncs, queue, clock, limits }: SubmitOptions) {
  return async (submission: Submission): Promise<MassSendSummary | DryRun> => {
    const now = clock.now();
    const id = broadcastId(submission.requestId);
    const digest = digestOf(submission);
    const at = startOf(submission, now);
    if (!submission.dryRun) {
      const before = await store.get(broadcastCollection, id);
      if (before) return repeatOf(before.doc, digest);
    }
    const audience = audienceIn(submission);
    const gate = await readGate(store, now);
    const delivery = deliveryOf(audience, gate, { id, at });
    const plan = delivery === 'batches' ? await planFor(audience, gate, { id, at }) : null;
    const refusedBy = [
      slotRefusal(gate, { id, at }, limits),
      quietRefusal(at, limits),
      chinaDay(at) === chinaDay(now) ? callsOfDay(gate, now) : undefined,
      plan ? planRefusal(plan, audience, limits, now) : undefined,
    ].filter((refused) => refused !== undefined);
    const [first] = refusedBy;
    if (first && !submission.dryRun) throw refusal(first);
    await assertContentThere(api, submission.content, at - now);
    if (submission.dryRun) {
      const quota = quotaOf(gate, now, limits);
      return dryRunOf({ delivery, plan, startsAt: at, refusedBy, quota });
    }

    const doc: Omit<Broadcast, 'job'> = {
      _id: id,
      requestId: submission.requestId,
      digest,
      state: 'scheduled',
      createdAt: new Date(now),
      at,
      audience: audience.kind,
      ...present({
        tagId: audience.tagId,
        filter: audience.filter && JSON.stringify(audience.filter),
      }),
      content: JSON.stringify(submission.content),
      isReprintIgnored: submission.ignoreReprint,
      delivery,
      cursor: '',
      taken: 0,
      leftOut: { blocked: 0, month: 0, day: 0, unknown: 0 },
      batches: [],
      isCancelled: false,
    };
    const stored = await store.transaction(async (tx) => {
      const before = await tx.get(broadcastCollection, id);
      if (before) return { before: before.doc };
      await takeSlotIn(tx, now, { id, at }, (current) => {
        const refused = slotRefusal(current, { id, at }, limits);
        if (refused) throw refusal(refused);
      });
      const { id: job } = await queue.enqueueIn(tx, massSendJob, { id }, { key: id, runAt: at });
      await tx.create(broadcastCollection, { ...doc, job });
      if (audience.openids) {
        await tx.create(sliceCollection, {
          _id: namedSliceId(id),
          batch: namedSliceId(id),
          openids: [...audience.openids],
          blocks: [],
          removeAt: new Date(at + 7 * DAY_MS),
        });
      }
      return { ...doc, job };
    });
    if ('before' in stored) return repeatOf(stored.before, digest);
    if (at <= now) await queue.wakeWorker();
    return summaryOf(stored, new Map());
  };

  /** One call where WeChat knows the receivers and no follower can be at a limit, else batches. */
  function deliveryOf(
    { kind }: Audience,
    gate: Gate,
    slot: { readonly id: string; readonly at: number },
  ): Broadcast['delivery'] {
    const isWeChats = kind === 'all' || kind === 'tag';
    return isWeChats && !mayAnyBeFull(gate, slot, limits) ? 'one call' : 'batches';
  }

  async function planFor(
    audience: Audience,
    gate: Gate,
    { id, at }: { readonly id: string; readonly at: number },
  ): Promise<Plan> {
    const { completeSince, isOver } = await syncs.status();
    if (completeSince === undefined) {
      const todo = isOver
        ? 'run `followers sync` first'
        : 'its first sync is under way; `followers status` with --watch waits for it';
      const why = `our copy of the followers is not complete; ${todo}`;
      throw refusal({ rule: 'followers not synced', why });
    }
    return makePlan(book, audience, { gate, limits, id, at });
  }

  function callsOfDay(gate: Gate, now: number): Refused | undefined {
    const refused = callRefusal(gate, now, limits);
    return refused?.rule === 'calls a day' ? refused : undefined;
  }

  /** The same submission once more changes nothing, and says so. */
  function repeatOf(doc: Broadcast, digest: string): MassSendSummary {
    if (doc.digest === digest) {
      const summary = summaryOf(doc, new Map());
      const said = `Nothing new was sent: the requestId "${doc.requestId}" was submitted at ${chinaTime(doc.createdAt.getTime())} in China, and this is that mass send.`;
      return { ...summary, isRepeat: true, lines: [said, ...summary.lines] };
    }
    throw new AppError(
      'conflict',
      `The requestId "${doc.requestId}" was used for another mass send (${doc._id}); choose another one.`,
      { details: { id: doc._id } },
    );
  }

  function startOf({ at }: Submission, now: number): number {
    if (at === undefined) return now;
    if (at < now) throw invalidStart(`is in the past (it is ${chinaTime(now)} in China)`);
    if (at > now + MAX_AHEAD_MS) throw invalidStart('is more than 30 days ahead');
    return at;
  }
}

function audienceIn({ audience }: Submission): Audience {
  if ('all' in audience) return { kind: 'all' };
  if ('tagId' in audience) return { kind: 'tag', tagId: audience.tagId };
  if ('openids' in audience) return { kind: 'openids', openids: audience.openids };
  return { kind: 'filter', filter: audience.filter };
}

function digestOf({ audience, content, at, ignoreReprint }: Submission): string {
  const text = JSON.stringify([audience, content, at ?? null, ignoreReprint]);
  return createHash('sha256').update(text).digest('base64url');
}

function invalidStart(what: string): AppError {
  return new AppError('invalid', `The start (at) ${what}.`);
}
