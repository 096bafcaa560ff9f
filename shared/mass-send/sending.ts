import type { JobContext } from '../jobs/index.ts';
import { chinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { MassContent, MassSendResponse } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { sendNoMore, untried } from './batches.ts';
import type { Batch, Broadcast } from './broadcast-document.ts';
import { changeBatch, changeBroadcast, changeGate, withBatch } from './change.ts';
import { digestOfArticles } from './content-check.ts';
import { contentOf, copyDraft, missingCopy } from './copies.ts';
import { callRefusal, quietRefusal, withCall, withOneCall } from './gate.ts';
import { clientMsgId } from './ids.ts';
import { KEY_LIFE_MS, type Limits } from './limits.ts';
import type { Refused } from './refusal.ts';
import { isSurelyNotTaken, repeatsAt, stoppedBy } from './refused-by-wechat.ts';
import { openidsOf } from './slices.ts';
import type { NextStep } from './states.ts';

export interface SendingOptions {
  readonly api: Pick<Api, 'massSend' | 'draft'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: Limits;
}

type SendingContext = Pick<JobContext, 'signal' | 'log' | 'assertHeld'>;

/** A call with ten thousand openids has 300 kB. */
const CALL_TIMEOUT_MS = 20_000;
const OTHER_ARTICLES = 'the articles were changed after the broadcast was planned';

/**
 * Sends the next batch of a broadcast. The worker notes the batch as tried before its call. Every
 * call for the batch carries the same key, so after a crash another worker simply makes the call
 * again: if WeChat has taken the batch before, it says so (45065).
 */
export function createSending({ api, store, clock, limits }: SendingOptions) {
  return async (doc: Broadcast, ctx: SendingContext): Promise<NextStep> => {
    const index = doc.batches.findIndex(({ state }) => state === 'ready' || state === 'sending');
    if (!doc.isCancelled && index >= 0) return sendBatch(doc, index, ctx);
    await changeBroadcast(store, doc._id, sendNoMore);
    return 'next';
  };

  async function sendBatch(doc: Broadcast, index: number, ctx: SendingContext): Promise<NextStep> {
    const { _id: id } = doc;
    const { signal, log } = ctx;
    const content = JSON.parse(doc.content) as MassContent;
    if (content.msgtype === 'mpnews' && doc.batches[0]?.state === 'ready') {
      try {
        const step = await readyDraft(doc, content.mpnews, signal);
        if (step !== undefined) return step;
      } catch (error) {
        if (!(error instanceof WeChatError)) throw error;
        return goOnAfter(error, id, { index, isFirst: true });
      }
    }
    const refused = quietRefusal(clock.now(), limits) ?? (await claimCall());
    if (refused) return waitFor(id, refused.rule, refused.freesAt);
    const openids = doc.delivery === 'batches' ? await openidsOf(store, id, index) : [];
    const tried = await noteTry(doc, index);
    if (tried?.state !== 'sending') return 'next';
    ctx.assertHeld();
    try {
      // The client must not repeat the call itself: only tries that were noted may be made.
      const options = { signal, timeoutMs: CALL_TIMEOUT_MS, repeat: false };
      const request = {
        ...contentOf(content, tried.mediaId),
        ...(doc.isReprintIgnored ? { send_ignore_reprint: 1 as const } : {}),
        clientmsgid: clientMsgId(id, index),
      };
      const answer =
        doc.delivery === 'batches'
          ? await api.massSend.send({ ...request, touser: openids }, options)
          : await api.massSend.sendAll({ ...request, filter: filterOf(doc) }, options);
      await noteAccepted(id, index, answer);
      log.info('mass send accepted', { details: { batch: index, of: doc.batches.length } });
      return 'next';
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error;
      return goOnAfter(error, id, { index, isFirst: tried.isFirst });
    }
  }

  /** Before anything is sent: whether it is the draft that somebody has seen, and a copy of it. */
  async function readyDraft(
    doc: Broadcast,
    draft: { readonly media_id: string },
    signal: AbortSignal,
  ): Promise<NextStep | undefined> {
    const { _id: id, contentDigest } = doc;
    const copy = missingCopy(doc);
    if (copy === undefined && contentDigest === undefined) return undefined;
    const { news_item: articles } = await api.draft.get(draft, { signal });
    if (contentDigest !== undefined && digestOfArticles(articles) !== contentDigest) {
      await changeBroadcast(store, id, (current) =>
        sendNoMore({ ...current, ending: 'stopped', reason: OTHER_ARTICLES }),
      );
      return 'next';
    }
    if (copy === undefined) return undefined;
    const mediaId = await copyDraft(api, articles, signal);
    await changeBatch(store, id, copy, (batch) => ({ ...batch, mediaId }));
    return 'next';
  }

  /** Takes one of the calls of today and of this minute, unless there is none left. */
  async function claimCall(): Promise<Refused | undefined> {
    let refused: Refused | undefined;
    await changeGate(store, clock.now(), (gate) => {
      refused = callRefusal(gate, clock.now(), limits);
      return refused ? undefined : withCall(gate, clock.now());
    });
    return refused;
  }

  /**
   * Notes the batch as tried; from here on WeChat may have sent it. If the broadcast was cancelled
   * before that, the batch is not sent. If it was tried so long ago that WeChat would not recognise
   * a repeat, it is given up as unknown.
   */
  async function noteTry(
    { _id: id, delivery, tagId }: Broadcast,
    index: number,
  ): Promise<(Batch & { readonly isFirst: boolean }) | undefined> {
    const now = clock.now();
    if (delivery === 'one call') {
      // Followers are counted before they may have got it, and never after.
      await changeGate(store, now, (gate) => withOneCall(gate, { id, day: chinaDay(now), tagId }));
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
    await changeBatch(store, id, index, (batch) => {
      // Another worker may have had the same answer before, and gone on.
      if (batch.msgId !== undefined) return undefined;
      const { triedAt: _, ...rest } = batch;
      return { ...rest, state: 'accepted', acceptedAt: clock.now(), msgId: answer.msg_id };
    });
  }

  /** WeChat has not taken the batch: the worker repeats the call later, or the broadcast ends. */
  async function goOnAfter(
    error: WeChatError,
    id: string,
    at: { readonly index: number; readonly isFirst: boolean },
  ): Promise<NextStep> {
    const freesAt = repeatsAt(error, clock.now());
    if (freesAt === undefined) {
      if (error.class === 'token_stale') throw error;
      await changeBroadcast(store, id, (current) => stoppedBy(error, current, at));
      return 'next';
    }
    // WeChat may have taken an earlier try that had no answer; then it stays noted.
    if (at.isFirst && isSurelyNotTaken(error)) await changeBatch(store, id, at.index, untried);
    return waitFor(id, `errcode ${error.errcode}`, freesAt);
  }

  async function waitFor(id: string, rule: string, until = 0): Promise<NextStep> {
    await changeBroadcast(store, id, (doc) => ({ ...doc, waiting: { rule, until } }));
    return { waitUntil: until };
  }
}

function filterOf({ audience, tagId }: Broadcast) {
  return audience === 'all' ? { is_to_all: true } : { is_to_all: false, tag_id: tagId ?? 0 };
}
