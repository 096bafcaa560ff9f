import { createHash } from 'node:crypto';
import type { Queue } from '../jobs/index.ts';
import { chinaDay, chinaTime } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { type Audience, audienceIn } from './audience.ts';
import { type Broadcast, broadcastCollection } from './broadcast-document.ts';
import { readGate, takeSlotIn } from './change.ts';
import { checkContent } from './content-check.ts';
import { type DryRun, dryRunOf } from './dry-run.ts';
import { callRefusal, type Gate, mayAnyBeFull, quietRefusal, slotRefusal } from './gate.ts';
import { broadcastId, namedSliceId } from './ids.ts';
import { massSendJob } from './job.ts';
import { MAX_AHEAD_MS } from './limits.ts';
import { createPlanner, type PlannerOptions, planRefusal } from './plan.ts';
import { quotaOf } from './quota.ts';
import { type Refused, refusal } from './refusal.ts';
import type { Submission } from './requests.ts';
import { sliceCollection } from './slices.ts';
import { type MassSendSummary, summaryOf } from './summary.ts';

export interface SubmitOptions extends PlannerOptions {
  readonly api: Pick<Api, 'card' | 'draft' | 'material' | 'media'>;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;

/**
 * Takes a broadcast, or refuses it by the first rule that it breaks. One transaction writes the slot,
 * the broadcast and its job: of two operators at the same moment one gets the slot, and the other
 * is told so. WeChat is asked only whether the content is there.
 */
export function createSubmit(options: SubmitOptions) {
  const { api, store, queue, clock, limits } = options;
  const makePlan = createPlanner(options);
  /** @param alongside what else happens in the transaction; if it throws, nothing is sent */
  return async (
    submission: Submission,
    alongside: (tx: Transaction) => Promise<void> = async () => {},
  ): Promise<MassSendSummary | DryRun> => {
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
    const plan = delivery === 'batches' ? await makePlan(audience, { gate, id, at }) : null;
    const refusedBy = [
      slotRefusal(gate, { id, at }, limits),
      quietRefusal(at, limits),
      chinaDay(at) === chinaDay(now) ? callsOfDay(gate, now) : undefined,
      plan ? planRefusal(plan, audience, limits, now) : undefined,
    ].filter((refused) => refused !== undefined);
    const [first] = refusedBy;
    if (first && !submission.dryRun) throw refusal(first);
    const contentDigest = await checkContent(api, submission.content, at - now);
    if (submission.dryRun) {
      const quota = quotaOf(gate, now, limits);
      return dryRunOf({ delivery, plan, startsAt: at, contentDigest, refusedBy, quota });
    }
    if ((submission.contentDigest ?? contentDigest) !== contentDigest) throw otherArticles();

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
        contentDigest: submission.contentDigest,
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
      await alongside(tx);
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

function digestOf(submission: Submission): string {
  const { audience, content, at, ignoreReprint, contentDigest } = submission;
  const seen = contentDigest === undefined ? [] : [contentDigest];
  const text = JSON.stringify([audience, content, at ?? null, ignoreReprint, ...seen]);
  return createHash('sha256').update(text).digest('base64url');
}

function otherArticles(): AppError {
  return new AppError(
    'conflict',
    'The articles were changed since somebody looked at them (contentDigest): look at the draft again.',
    { details: { changed: 'articles' } },
  );
}

function invalidStart(what: string): AppError {
  return new AppError('invalid', `The start (at) ${what}.`);
}
