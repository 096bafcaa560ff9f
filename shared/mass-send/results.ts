import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
import { present } from '../kernel/present.ts';
import { defineCollection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { KnownEvent } from '../wechat/message/message.ts';
import type { Batch } from './broadcast-document.ts';

const count = v.number();

const resultSchema = v.strictObject({
  /** WeChat's msg_id. */
  _id: v.string(),
  status: v.string(),
  sent: v.optional(count),
  afterFilter: v.optional(count),
  failed: v.optional(count),
  copyright: v.optional(v.number()),
  removeAt: v.date(),
});
export type SendResult = v.InferOutput<typeof resultSchema>;

/** What MASSSENDJOBFINISH said, also of a send whose call has not returned yet. */
export const resultCollection = defineCollection<SendResult>({
  name: 'mass_send_results',
  schema: resultSchema,
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
});

const KEPT_MS = 40 * 86_400_000;
const MAX_STATUS = 40;

export type FinishEvent = Extract<KnownEvent, { event: 'MASSSENDJOBFINISH' }>;

/** WeChat's word for a send that went well. */
export const SENT = 'send success';

/**
 * Keeps what MASSSENDJOBFINISH says under WeChat's own id, since the call that caused the event may
 * not have returned yet. One write; a repeated event changes nothing.
 */
export async function recordResult(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  event: FinishEvent,
): Promise<void> {
  const { msgId, status, sentCount, filterCount, errorCount, copyright } = event;
  if (msgId === undefined) return;
  const result: SendResult = {
    _id: msgId,
    status: (status ?? '').slice(0, MAX_STATUS),
    ...present({
      sent: sentCount,
      afterFilter: filterCount,
      failed: errorCount,
      copyright: copyright?.checkState,
    }),
    removeAt: new Date(clock.now() + KEPT_MS),
  };
  await store.create(resultCollection, result);
}

/** Finds the recorded results by WeChat's id. One query for each 500 of them. */
export async function findResults(
  store: Pick<Store, 'query'>,
  msgIds: readonly string[],
): Promise<ReadonlyMap<string, SendResult>> {
  const found = new Map<string, SendResult>();
  for (let at = 0; at < msgIds.length; at += 500) {
    const page = await store.query(resultCollection, {
      filter: { _id: { in: msgIds.slice(at, at + 500) } },
      limit: 500,
    });
    for (const { doc } of page) found.set(doc._id, doc);
  }
  return found;
}

/** How a batch ended: told by an event, or by WeChat when it was asked. */
export type KnownResult = Omit<SendResult, '_id' | 'removeAt'>;

/**
 * An accepted batch with what WeChat says of its end. It has failed only if WeChat says in its
 * documented words that it sent the batch to nobody. Any other word counts as sent: followers who
 * got their place in the month back too early would get one message too many.
 */
export function ended(batch: Batch, result: KnownResult): Batch {
  const { status, sent, afterFilter, failed, copyright } = result;
  const state = isFailure(status) ? 'failed' : 'done';
  return { ...batch, state, status, ...present({ sent, afterFilter, failed, copyright }) };
}

function isFailure(status: string): boolean {
  return status === 'send fail' || /^err\(\d+\)$/.test(status);
}
