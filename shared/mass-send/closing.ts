import type { Book } from '../followers/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { wantedId } from './audience.ts';
import { changeBroadcast, changeGate, moved, readBroadcast } from './change.ts';
import { type Batch, type Broadcast, sliceCollection } from './collections.ts';
import { MAX_BATCH } from './limits.ts';
import { ended, findResults, type KnownResult, SENT } from './results.ts';
import { type Step, withBatch } from './sending.ts';
import { forgetSlices, releaseSlices } from './slices.ts';

export interface ClosingOptions {
  readonly api: Pick<Api, 'massSend'>;
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** An event that has not come by then may never come: WeChat is asked. */
const PATIENCE_MS = 30 * MINUTE_MS;
/** WeChat's administrator has half an hour; nothing takes longer than this. */
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/** The end of a broadcast: who was not reached, and what WeChat says of the batches. */
export function createClosing({ api, store, book, clock }: ClosingOptions) {
  return { release, close };

  /** Gives everyone of a batch that was not sent the place in the month back. */
  async function release(id: string): Promise<Step> {
    const { doc } = await readBroadcast(store, id);
    if (doc.delivery === 'one call') {
      if (doc.batches[0]?.state !== 'unknown') await forgetOneCall(id);
    } else {
      // Given up while it was prepared, it has slices and no batches yet.
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

  async function close(id: string, signal: AbortSignal): Promise<Step> {
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
      const result = known ?? (await asked(batch, signal));
      if (!result) left += 1;
      else await settle(doc, index, ended(batch, result));
    }
    if (left > 0) return { waitUntil: clock.now() + pauseAfter(doc, clock.now()) };
    if (doc.audience === 'openids') await store.remove(sliceCollection, wantedId(id));
    await finish(id);
    return 'next';
  }

  /** What is known of a batch without an event, long after it was sent. */
  async function asked(batch: Batch, signal: AbortSignal): Promise<KnownResult | undefined> {
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

  /** The marks first: noted before, a crash would leave them. */
  async function settle(doc: Broadcast, index: number, end: Batch): Promise<void> {
    const { _id: id } = doc;
    const isLost = end.state === 'failed';
    if (doc.delivery === 'batches') {
      if (isLost) await releaseSlices({ store, book }, id, index);
      else await forgetSlices(store, id, index);
    } else if (isLost) await forgetOneCall(id);
    await changeBroadcast(store, id, (current) =>
      current.batches[index]?.state === 'accepted' ? withBatch(current, index, end) : undefined,
    );
  }

  async function finish(id: string): Promise<void> {
    const end = await changeBroadcast(store, id, (doc) => {
      if (doc.state !== 'closing') return undefined;
      const end = { ...doc, finishedAt: clock.now() };
      if (doc.ending === 'cancelled') return moved(end, 'cancel');
      const lost = doc.batches.filter(({ state }) => state === 'failed').length;
      if (doc.ending === 'stopped') return moved(end, 'stop');
      if (doc.batches.some(({ state }) => state === 'unknown')) {
        const reason = 'WeChat gave no answer, and after a day it no longer tells a repeat';
        return moved({ ...end, ending: 'stopped', reason }, 'stop');
      }
      if (lost === 0 || lost < doc.batches.length) return moved(end, 'finish');
      const { status } = doc.batches[0] ?? {};
      const reason = `WeChat took it and sent it to nobody (${status})`;
      return moved({ ...end, ending: 'stopped', reason }, 'stop');
    });
    if (end.batches.every(({ state }) => state === 'left' || state === 'refused')) {
      // Nothing of it went out: another may have its hour.
      await changeGate(store, clock.now(), (gate) => ({
        ...gate,
        slots: gate.slots.filter((slot) => slot.id !== id),
      }));
    }
  }

  async function forgetOneCall(id: string): Promise<void> {
    await changeGate(store, clock.now(), (gate) => ({
      ...gate,
      oneCalls: gate.oneCalls.filter((each) => each.id !== id),
    }));
  }
}

/** Often at first, when most batches end. */
function pauseAfter({ batches }: Broadcast, now: number): number {
  const last = Math.max(0, ...batches.map(({ acceptedAt = 0 }) => acceptedAt));
  if (now - last < MINUTE_MS) return 5 * SECOND_MS;
  return now - last < 10 * MINUTE_MS ? 30 * SECOND_MS : 5 * MINUTE_MS;
}
