import type { Book } from '../followers/index.ts';
import type { JobContext } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Batch, Broadcast } from './broadcast-document.ts';
import {
  changeBatch,
  changeBroadcast,
  changeGate,
  freeSlot,
  moved,
  readBroadcast,
} from './change.ts';
import { namedSliceId } from './ids.ts';
import { MAX_BATCH } from './limits.ts';
import { ended, findResults, type KnownResult, SENT } from './results.ts';
import { forgetSlices, releaseSlices, sliceCollection } from './slices.ts';
import type { NextStep } from './states.ts';

export interface ClosingOptions {
  readonly api: Pick<Api, 'massSend'>;
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
}

type ClosingContext = Pick<JobContext, 'signal' | 'log'>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** An event that has not come by then may never come: the worker asks WeChat. */
const PATIENCE_MS = 30 * MINUTE_MS;
/** WeChat's administrator has half an hour to confirm; no send takes longer than this. */
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/** The end of a broadcast: places that are given back, and what WeChat says of the batches. */
export function createClosing({ api, store, book, clock }: ClosingOptions) {
  return { release, close };

  /** Gives the followers of batches that were not sent their place in the month back. */
  async function release(id: string): Promise<NextStep> {
    const { doc } = await readBroadcast(store, id);
    if (doc.delivery === 'one call') {
      if (doc.batches[0]?.state !== 'unknown') await forgetOneCall(id);
    } else {
      // A broadcast that ended while it was prepared has slices and no batches yet.
      const count = doc.batches.length || Math.ceil(doc.taken / MAX_BATCH);
      for (let index = 0; index < count; index += 1) {
        const { state = 'left' } = doc.batches[index] ?? {};
        if (state === 'left' || state === 'refused') {
          await releaseSlices({ store, book }, id, index);
        }
      }
    }
    await changeBroadcast(store, id, (current) =>
      current.state === 'releasing' ? moved(current, 'close') : undefined,
    );
    return 'next';
  }

  async function close(id: string, { signal, log }: ClosingContext): Promise<NextStep> {
    const { doc } = await readBroadcast(store, id);
    const open = doc.batches.flatMap((batch, index) =>
      batch.state === 'accepted' ? [{ batch, index }] : [],
    );
    const results = await findResults(
      store,
      open.flatMap(({ batch }) => batch.msgId ?? []),
    );
    let left = 0;
    for (const { batch, index } of open) {
      const known = batch.msgId === undefined ? undefined : results.get(batch.msgId);
      const result = known ?? (await ask(batch, signal));
      if (!result) left += 1;
      else await settle(doc, index, ended(batch, result));
    }
    if (left > 0) return { waitUntil: clock.now() + pauseAfter(doc, clock.now()) };
    if (doc.audience === 'openids') await store.remove(sliceCollection, namedSliceId(id));
    await finish(id, log);
    return 'next';
  }

  /** Asks WeChat about a batch whose event has not come in time; `undefined` while it is early. */
  async function ask(batch: Batch, signal: AbortSignal): Promise<KnownResult | undefined> {
    const since = clock.now() - (batch.acceptedAt ?? 0);
    if (batch.msgId === undefined || since > LONGEST_MS) return { status: 'no word of it' };
    if (since < PATIENCE_MS) return undefined;
    const { msg_status: status } = await api.massSend.getStatus(
      { msg_id: batch.msgId },
      { signal },
    );
    if (status === 'SENDING') return undefined;
    return { status: status === 'SEND_FAIL' ? 'send fail' : SENT };
  }

  /** Marks are given back before the end is noted: a crash in between would leave them for ever. */
  async function settle(doc: Broadcast, index: number, end: Batch): Promise<void> {
    const { _id: id, delivery } = doc;
    const hasFailed = end.state === 'failed';
    if (delivery === 'batches') {
      if (hasFailed) await releaseSlices({ store, book }, id, index);
      else await forgetSlices(store, id, index);
    } else if (hasFailed) await forgetOneCall(id);
    await changeBatch(store, id, index, ({ state }) => (state === 'accepted' ? end : undefined));
  }

  async function finish(id: string, log: ClosingContext['log']): Promise<void> {
    let isFinishedHere = false;
    const doc = await changeBroadcast(store, id, (current) => {
      isFinishedHere = current.state === 'closing';
      return isFinishedHere ? finished(current) : undefined;
    });
    // Of several workers one makes the change, so the warning is written once.
    if (isFinishedHere) warnOf(doc, log);
    const isUnsent = doc.batches.every(({ state }) => state === 'left' || state === 'refused');
    if (isUnsent) await freeSlot(store, clock.now(), id);
  }

  function finished(doc: Broadcast): Broadcast {
    const end = { ...doc, finishedAt: clock.now() };
    if (doc.ending === 'cancelled') return moved(end, 'cancel');
    if (doc.ending === 'stopped') return moved(end, 'stop');
    const reason = reasonToStop(doc);
    if (reason === undefined) return moved(end, 'finish');
    return moved({ ...end, ending: 'stopped', reason }, 'stop');
  }

  async function forgetOneCall(id: string): Promise<void> {
    await changeGate(store, clock.now(), (gate) => ({
      ...gate,
      oneCalls: gate.oneCalls.filter((each) => each.id !== id),
    }));
  }
}

/** The operator who planned the broadcast may not look at it again: the log and an alert tell. */
function warnOf({ _id: id, state, reason, batches }: Broadcast, log: ClosingContext['log']): void {
  const { errcode } = batches.find((batch) => batch.errcode !== undefined) ?? {};
  if (state === 'stopped') {
    log.warn('mass send stopped', { errcode, details: { id, why: reason } });
    return;
  }
  const failed = batches.filter((batch) => batch.state === 'failed').length;
  if (failed > 0) {
    log.warn('mass send partly failed', { details: { id, failed, of: batches.length } });
  }
}

function reasonToStop({ batches }: Broadcast): string | undefined {
  if (batches.some(({ state }) => state === 'unknown')) {
    return 'WeChat gave no answer, and after a day it no longer recognises a repeat';
  }
  if (batches.length === 0 || batches.some(({ state }) => state !== 'failed')) return undefined;
  return `WeChat took it and sent it to nobody (${batches[0]?.status})`;
}

/** Short at first, when most batches end. */
function pauseAfter({ batches }: Broadcast, now: number): number {
  const last = Math.max(0, ...batches.map(({ acceptedAt = 0 }) => acceptedAt));
  if (now - last < MINUTE_MS) return 5 * SECOND_MS;
  return now - last < 10 * MINUTE_MS ? 30 * SECOND_MS : 5 * MINUTE_MS;
}
