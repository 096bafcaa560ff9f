import { createHash } from 'node:crypto';
import type { Book, Syncs } from '../followers/index.ts';
import type { Queue } from '../jobs/index.ts';
import { chinaDay, chinaMonth, chinaTime, startOfChinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import { type Audience, wantedId } from './audience.ts';
import { readGate, writeGateIn } from './change.ts';
import {
  type Broadcast,
  broadcastCollection,
  type Gate,
  gateCollection,
  sliceCollection,
} from './collections.ts';
import { type DryRun, dryRunOf } from './dry-run.ts';
import { callRefusal, mayAnyBeFull, openGate, quietRefusal, slotRefusal, tidied } from './gate.ts';
import { massSendJob } from './job.ts';
import { type Limits, MAX_AHEAD_MS } from './limits.ts';
import { makePlan, type Plan } from './plan.ts';
import { quotaOf } from './quota.ts';
import { type Refused, refusal } from './refusal.ts';
import type { Submission } from './requests.ts';
import { type Summary, summaryOf } from './summary.ts';

export interface SubmitOptions {
  readonly store: Store;
  readonly book: Pick<Book, 'read' | 'find'>;
  readonly syncs: Pick<Syncs, 'status'>;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly limits: Limits;
}

const DAY_MS = 86_400_000;

/**
 * Takes a broadcast, or refuses it by the first rule that it breaks. The slot, the broadcast and its
 * job are written in one transaction: of two operators at the same moment one gets the slot, and
 * the other is told of it. No call is made.
 */
export function createSubmit({ store, book, syncs, queue, clock, limits }: SubmitOptions) {
  return async (submission: Submission): Promise<Summary | DryRun> => {
    const now = clock.now();
    const id = idOf(submission.requestId);
    const digest = digestOf(submission);
    const at = startOf(submission, now);
    if (!submission.dryRun) {
      const before = await store.get(broadcastCollection, id);
      if (before) return known(before.doc, digest);
    }
    const audience = audienceIn(submission);
    const gate = await readGate(store, now);
    const delivery = deliveryOf(audience, gate, { id, at });
    const plan = delivery === 'batches' ? await planFor(audience, gate, { id, at }) : null;
    const refusedBy = [
      slotRefusal(gate, { id, at }, limits),
      quietRefusal(at, limits),
      chinaDay(at) === chinaDay(now) ? callsOfDay(gate, now) : undefined,
      plan && (await planRefusal(plan, audience)),
    ].filter((refused) => refused !== undefined && refused !== null);
    if (submission.dryRun) {
      return dryRunOf({ delivery, plan, at, refusedBy, quota: quotaOf(gate, now, limits) });
    }
    const [first] = refusedBy;
    if (first) throw refusal(first);

    const doc: Omit<Broadcast, 'job'> = {
      _id: id,
      requestId: submission.requestId,
      digest,
      state: 'scheduled',
      createdAt: new Date(now),
      at,
      audience: audience.kind,
      ...(audience.tagId === undefined ? {} : { tagId: audience.tagId }),
      ...(audience.filter === undefined ? {} : { filter: JSON.stringify(audience.filter) }),
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
      if (before) return before.doc;
      const current = tidied((await tx.get(gateCollection, 'gate'))?.doc ?? openGate, now);
      const refused = slotRefusal(current, { id, at }, limits);
      if (refused) throw refusal(refused);
      await writeGateIn(tx, (each) => ({ ...each, slots: [...each.slots, { id, at }] }), now);
      const { id: job } = await queue.enqueueIn(tx, massSendJob, { id }, { key: id, runAt: at });
      await tx.create(broadcastCollection, { ...doc, job });
      if (audience.openids) {
        await tx.create(sliceCollection, {
          _id: wantedId(id),
          batch: wantedId(id),
          openids: [...audience.openids],
          blocks: [],
          removeAt: new Date(at + 7 * DAY_MS),
        });
      }
      return { ...doc, job };
    });
    if (at <= now) await queue.kick();
    return known(stored, digest);
  };

  /** Everything is in our copy, or WeChat knows it better and nobody can be at a limit. */
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
    const { completeSince } = await syncs.status();
    if (completeSince === undefined) {
      const why = 'our copy of the followers is not complete; run `followers sync` first';
      throw refusal({ rule: 'followers not synced', why });
    }
    return makePlan(book, audience, { gate, limits, id, at });
  }

  /** Nobody, or one: refused here, and not when it is too late to do something about it. */
  async function planRefusal(
    { receivers, leftOut, batches }: Plan,
    audience: Audience,
  ): Promise<Refused | undefined> {
    if (batches > 0) return undefined;
    if (receivers === 1) {
      const why = 'WeChat sends to two followers at least; use `preview` for one';
      return { rule: 'one follower', why };
    }
    const day = chinaDay(clock.now());
    if (leftOut.day > 0) {
      const why = `all who are meant have had ${limits.perDay} messages today`;
      return { rule: 'messages a day', why, freesAt: startOfChinaDay(day + 1) };
    }
    if (leftOut.month > 0) {
      const why = `all who are meant have had ${limits.perMonth} messages this month`;
      return { rule: 'messages a month', why, freesAt: startOfChinaDay(chinaMonth(day).until) };
    }
    const who = audience.kind === 'tag' ? 'no follower in our copy has the tag' : 'nobody is meant';
    return { rule: 'no audience', why: who };
  }

  function callsOfDay(gate: Gate, now: number): Refused | undefined {
    const refused = callRefusal(gate, now, limits);
    return refused?.rule === 'calls a day' ? refused : undefined;
  }

  function known(doc: Broadcast, digest: string): Summary {
    if (doc.digest === digest) return summaryOf(doc, new Map());
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

/** A name that may be logged, the same for the same requestId. */
function idOf(requestId: string): string {
  return `m${createHash('sha256').update(requestId).digest('base64url').slice(0, 27)}`;
}

function digestOf({ audience, content, at, ignoreReprint }: Submission): string {
  const text = JSON.stringify([audience, content, at ?? null, ignoreReprint]);
  return createHash('sha256').update(text).digest('base64url');
}

function invalidStart(what: string): AppError {
  return new AppError('invalid', `The start (at) ${what}.`);
}
