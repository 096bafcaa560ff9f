import { createHash } from 'node:crypto';
import { chinaDay, startOfChinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import type { MassContent, MassSendResponse } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { changeBroadcast, changeGate, moved } from './change.ts';
import type { Batch, Broadcast, Gate } from './collections.ts';
import { contentOf, copyDraft, missingCopy } from './copies.ts';
import { callRefusal, quietRefusal, withCall } from './gate.ts';
import { KEY_LIFE_MS, type Limits } from './limits.ts';
import type { Refused } from './refusal.ts';
import { openidsOf } from './slices.ts';

export interface SendingOptions {
  readonly api: Pick<Api, 'massSend' | 'draft'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: Limits;
}

export interface Holding {
  readonly hurry: AbortSignal;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** @throws AppError `conflict` if another worker may have the job */
  readonly assertHeld: () => void;
}

/** How it goes on: at once, or when a rule frees. */
export type Step = 'next' | { readonly waitUntil: number };

/** A call with ten thousand openids is 300 kB. */
const CALL_TIMEOUT_MS = 20_000;
const MINUTE_MS = 60_000;
/** WeChat's daily limit of an endpoint; it frees at midnight in China. */
const DAILY_LIMIT = 45009;
/** Of the answers to wait after, those which say for sure that nothing was done. */
const NOT_TAKEN: readonly number[] = [DAILY_LIMIT, 45011];

/**
 * Sends the next batch of a broadcast. It is noted as tried before its call, which carries the same
 * key whoever makes it, so that after a crash the call is simply made again: what WeChat has taken
 * before, it says so (45065).
 */
export function createSending({ api, store, clock, limits }: SendingOptions) {
  return async (doc: Broadcast, holding: Holding): Promise<Step> => {
    const index = doc.batches.findIndex(({ state }) => state === 'ready' || state === 'sending');
    if (!doc.isCancelled && index >= 0) return sendBatch(doc, index, holding);
    await changeBroadcast(store, doc._id, leave);
    return 'next';
  };

  async function sendBatch(doc: Broadcast, index: number, holding: Holding): Promise<Step> {
    const { _id: id } = doc;
    const content = JSON.parse(doc.content) as MassContent;
    const copy = missingCopy(doc, content);
    if (copy !== undefined && content.msgtype === 'mpnews') {
      const mediaId = await copyDraft(api, content.mpnews.media_id, holding.signal);
      await changeBatch(id, copy, (batch) => ({ ...batch, mediaId }));
      return 'next';
    }
    const refused = quietRefusal(clock.now(), limits) ?? (await claimCall());
    if (refused) return wait(id, refused);
    const openids = doc.delivery === 'batches' ? await openidsOf(store, id, index) : [];
    const tried = await noteTry(doc, index);
    if (tried?.state !== 'sending') return 'next';
    holding.assertHeld();
    try {
      // Each try is noted: an answer to a repeat would say nothing of the try before it.
      const options = { signal: holding.signal, timeoutMs: CALL_TIMEOUT_MS, repeat: false };
      const request = {
        ...contentOf(content, tried.mediaId),
        ...(doc.isReprintIgnored ? { send_ignore_reprint: 1 as const } : {}),
        clientmsgid: keyOf(id, index),
      };
      const answer =
        doc.delivery === 'batches'
          ? await api.massSend.send({ ...request, touser: openids }, options)
          : await api.massSend.sendAll({ ...request, filter: filterOf(doc) }, options);
      await noteAccepted(id, index, answer);
      holding.log.info('mass send accepted', { details: { batch: index, of: doc.batches.length } });
      return 'next';
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error;
      return judge(doc, index, { isFirst: tried.isFirst, error });
    }
  }

  /** As one more of today's and of this minute's calls, unless there is none left. */
  async function claimCall(): Promise<Refused | undefined> {
    let refused: Refused | undefined;
    await changeGate(store, clock.now(), (gate) => {
      refused = callRefusal(gate, clock.now(), limits);
      return refused ? undefined : withCall(gate, clock.now());
    });
    return refused;
  }

  /**
   * Notes the batch as tried; from here on it may have been sent. Cancelled before that, it is not;
   * tried too long ago for WeChat to tell a repeat, it is given up as unknown.
   */
  async function noteTry(
    { _id: id, delivery, tagId }: Broadcast,
    index: number,
  ): Promise<(Batch & { readonly isFirst: boolean }) | undefined> {
    const now = clock.now();
    if (delivery === 'one call') {
      // Everybody is counted before, and never after, they may have got it.
      await changeGate(store, now, (gate) => withOneCall(gate, id, chinaDay(now), tagId));
    }
    let isFirst = false;
    const doc = await changeBroadcast(store, id, (current) => {
      const batch = current.batches[index];
      if (current.state !== 'sending' || current.isCancelled || !batch) return undefined;
      isFirst = batch.triedAt === undefined;
      const triedAt = batch.triedAt ?? now;
      const state = now - triedAt > KEY_LIFE_MS ? 'unknown' : 'sending';
      const { waiting: _, ...rest } = current;
      return withBatch(rest, index, { ...batch, state, triedAt });
    });
    const batch = doc.batches[index];
    return batch && !doc.isCancelled ? { ...batch, isFirst } : undefined;
  }

  async function noteAccepted(id: string, index: number, answer: MassSendResponse): Promise<void> {
    await changeBatch(id, index, (batch) => {
      const { triedAt: _, ...rest } = batch;
      // Another worker may have heard the same before, and gone on.
      if (batch.msgId !== undefined) return batch;
      return { ...rest, state: 'accepted', acceptedAt: clock.now(), msgId: answer.msg_id };
    });
  }

  /** WeChat has answered, and has not taken it: to be waited for, or the end. */
  async function judge(
    doc: Broadcast,
    index: number,
    { isFirst, error }: { readonly isFirst: boolean; readonly error: WeChatError },
  ): Promise<Step> {
    const { _id: id } = doc;
    const { errcode } = error;
    const freesAt = waitOf(error, clock.now());
    if (freesAt !== undefined) {
      // Not taken; but an earlier try without an answer may have been.
      if (isFirst && NOT_TAKEN.includes(errcode)) await changeBatch(id, index, untried);
      return wait(
        id,
        { rule: 'calls a minute', why: error.meaning, freesAt },
        `errcode ${errcode}`,
      );
    }
    if (error.class === 'token_stale') throw error;
    await changeBroadcast(store, id, (current) => {
      if (current.state !== 'sending') return undefined;
      const batch = current.batches[index];
      if (!batch) return undefined;
      const state = isFirst ? ('refused' as const) : ('unknown' as const);
      const { triedAt: _, ...rest } = batch;
      const stopped = withBatch(current, index, { ...rest, state, errcode });
      const reason = `WeChat answered ${errcode}: ${error.meaning}. ${error.advice}`;
      return leave({ ...stopped, ending: 'stopped', reason });
    });
    return 'next';
  }

  async function wait(
    id: string,
    { rule, freesAt = 0 }: Refused,
    says: string = rule,
  ): Promise<Step> {
    await changeBroadcast(store, id, (doc) => ({
      ...doc,
      waiting: { rule: says, until: freesAt },
    }));
    return { waitUntil: freesAt };
  }

  async function changeBatch(id: string, index: number, change: (batch: Batch) => Batch) {
    await changeBroadcast(store, id, (doc) => {
      const batch = doc.batches[index];
      return batch && withBatch(doc, index, change(batch));
    });
  }
}

export function withBatch(doc: Broadcast, index: number, batch: Batch): Broadcast {
  return { ...doc, batches: doc.batches.map((each, at) => (at === index ? batch : each)) };
}

/** Nothing more is sent: what was not tried is left, and what may have been sent is not known. */
function leave(doc: Broadcast): Broadcast | undefined {
  if (doc.state !== 'sending') return undefined;
  const batches = doc.batches.map((batch): Batch => {
    if (batch.state === 'ready') return { ...batch, state: 'left' };
    return batch.state === 'sending' ? { ...batch, state: 'unknown' } : batch;
  });
  const isCut = batches.some(({ state }) => state === 'left' || state === 'refused');
  if (!isCut) return moved({ ...doc, batches }, 'close');
  const ending = doc.ending ?? 'cancelled';
  return moved({ ...doc, batches, ending }, 'abandon');
}

function untried({ triedAt: _, ...batch }: Batch): Batch {
  return { ...batch, state: 'ready' };
}

/** When a call that WeChat did not take may be made again; nothing if that would not help. */
function waitOf({ errcode, class: kind, waitMs }: WeChatError, now: number): number | undefined {
  if (errcode === DAILY_LIMIT) return startOfChinaDay(chinaDay(now) + 1);
  if (waitMs > 0) return now + waitMs;
  return kind === 'transient' ? now + MINUTE_MS : undefined;
}

function filterOf({ audience, tagId }: Broadcast) {
  return audience === 'all' ? { is_to_all: true } : { is_to_all: false, tag_id: tagId ?? 0 };
}

function withOneCall(gate: Gate, id: string, day: number, tagId: number | undefined) {
  if (gate.oneCalls.some((each) => each.id === id)) return undefined;
  const entry = { id, day, ...(tagId === undefined ? {} : { tagId }) };
  return { ...gate, oneCalls: [...gate.oneCalls, entry] };
}

/** The same for every try of a batch; WeChat takes 32 bytes. */
export function keyOf(id: string, index: number): string {
  return createHash('sha256').update(`${id} ${index}`).digest('base64url').slice(0, 32);
}
