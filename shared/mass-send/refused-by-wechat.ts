import { chinaDay, startOfChinaDay } from '../kernel/china-time.ts';
import type { WeChatError } from '../wechat/wechat-error.ts';
import { sendNoMore } from './batches.ts';
import type { Broadcast } from './broadcast-document.ts';
import { withBatch } from './change.ts';

const MINUTE_MS = 60_000;
/** WeChat's daily limit of an endpoint; it frees at midnight in China. */
const DAILY_LIMIT = 45009;
/** Calls of the same minute; with the daily limit, the errors that say for sure: nothing was sent. */
const MINUTE_LIMIT = 45011;

/** When a call that WeChat did not take may be repeated; `undefined` if that would not help. */
export function repeatsAt(error: WeChatError, now: number): number | undefined {
  if (error.errcode === DAILY_LIMIT) return startOfChinaDay(chinaDay(now) + 1);
  if (error.waitMs > 0) return now + error.waitMs;
  return error.class === 'transient' ? now + MINUTE_MS : undefined;
}

export function isSurelyNotTaken({ errcode }: WeChatError): boolean {
  return errcode === DAILY_LIMIT || errcode === MINUTE_LIMIT;
}

/**
 * The broadcast stopped by WeChat's refusal of one batch. WeChat may have taken that batch at an
 * earlier try whose answer never came: then what became of it is not known.
 */
export function stoppedBy(
  { errcode, meaning, advice }: WeChatError,
  doc: Broadcast,
  { index, isFirst }: { readonly index: number; readonly isFirst: boolean },
): Broadcast | undefined {
  const batch = doc.batches[index];
  if (!batch) return undefined;
  const { triedAt: _, ...rest } = batch;
  const state = isFirst ? 'refused' : 'unknown';
  const reason = `WeChat answered ${errcode}: ${meaning}. ${advice}`;
  return sendNoMore({
    ...withBatch(doc, index, { ...rest, state, errcode }),
    ending: 'stopped',
    reason,
  });
}
