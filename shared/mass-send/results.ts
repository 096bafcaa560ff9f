import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { KnownEvent } from '../wechat/message/message.ts';
import { type Result, resultCollection } from './collections.ts';

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
