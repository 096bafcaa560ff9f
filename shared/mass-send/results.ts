import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { KnownEvent } from '../wechat/message/message.ts';
import { type Batch, type Result, resultCollection } from './collections.ts';

const KEPT_MS = 40 * 86_400_000;
const MAX_STATUS = 40;

export type FinishEvent = Extract<KnownEvent, { event: 'MASSSENDJOBFINISH' }>;

/** WeChat's word for a send that went well. */
export const SENT = 'send success';

/**
 * Keeps what MASSSENDJOBFINISH says, under WeChat's own id: the call that caused it may not have
 * returned yet. One write; a repeat changes nothing.
 */
export async function noteResult(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  event: FinishEvent,
): Promise<void> {
  const { msgId, status, sentCount, filterCount, errorCount, copyright } = event;
  if (msgId === '') return;
  const result: Result = {
    _id: msgId,
    status: status.slice(0, MAX_STATUS),
    ...(sentCount === undefined ? {} : { sent: sentCount }),
    ...(filterCount === undefined ? {} : { afterFilter: filterCount }),
    ...(errorCount === undefined ? {} : { failed: errorCount }),
    ...(copyright?.checkState === undefined ? {} : { copyright: copyright.checkState }),
    removeAt: new Date(clock.now() + KEPT_MS),
  };
  await store.create(resultCollection, result);
}

/** The results there are, by WeChat's id. One query for each 500 of them. */
export async function findResults(
  store: Pick<Store, 'query'>,
  msgIds: readonly string[],
): Promise<ReadonlyMap<string, Result>> {
  const found = new Map<string, Result>();
  for (let at = 0; at < msgIds.length; at += 500) {
    const page = await store.query(resultCollection, {
      filter: { _id: { in: msgIds.slice(at, at + 500) } },
      limit: 500,
    });
    for (const { doc } of page) found.set(doc._id, doc);
  }
  return found;
}

/** What is known of the end of a batch: by an event, or by asking WeChat. */
export type KnownResult = Partial<Omit<Result, '_id' | 'removeAt'>>;

/**
 * An accepted batch with what WeChat says of its end. It is lost only when WeChat says in its
 * documented words that it sent it to nobody. Any other word counts as sent: a follower whose place
 * in the month were given back too early would get one message too many.
 */
export function ended(batch: Batch, result: KnownResult): Batch {
  const { status = SENT, sent, afterFilter, failed, copyright } = result;
  return {
    ...batch,
    state: isLost(status) ? 'failed' : 'done',
    status,
    ...(sent === undefined ? {} : { sent }),
    ...(afterFilter === undefined ? {} : { afterFilter }),
    ...(failed === undefined ? {} : { failed }),
    ...(copyright === undefined ? {} : { copyright }),
  };
}

function isLost(status: string): boolean {
  return status === 'send fail' || /^err\(\d+\)$/.test(status);
}
