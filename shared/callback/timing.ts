const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

// From the moment a push came in. WeChat hangs up after 5 s and then brings the message again.

/** A store that has not answered the claim by then is done without: enough for a cold start. */
export const CLAIM_WITHIN_MS = 2 * SECOND;
/** So long a repeat waits for the reply of the first delivery. */
export const FOLLOW_WITHIN_MS = 4 * SECOND;
/** Then handlers are aborted; the rest is for storing what became of the message. */
export const HANDLE_WITHIN_MS = 4.2 * SECOND;
/** Then the answer is on its way. */
export const ANSWER_WITHIN_MS = 4.5 * SECOND;
/** So long the worker's queue is waited for, each time it is tried; and no longer than until then. */
export const HAND_OVER_WITHIN_MS = 2.5 * SECOND;
export const HANDED_OVER_WITHIN_MS = 4.8 * SECOND;
/** A push that is held so long gets no answer: WeChat has gone. */
export const HELD_MS = 5.5 * SECOND;

/**
 * How long a claim stands. Its holder has answered after 4.5 s; the rest is for clocks that differ,
 * by up to 1.5 s.
 */
export const LEASE_MS = 6 * SECOND;

/** A message that is older than this when it is pushed is a repeat. */
export const REPEAT_AFTER_MS = 4 * SECOND;
/**
 * WeChat brings a message 3 times in all, 5 s apart (its documents can be read as 4). One that is
 * younger than this comes again if it gets no answer now. A push says by WeChat's own clock how old
 * its message is; should repeats carry the time of the first, ours does: 2 s are for the difference.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
 */
export const COMES_AGAIN_BEFORE_MS = 8 * SECOND;
/** So long after a lease the last repeat is over, and the message is the worker's. */
export const REPEATS_OVER_MS = 15 * SECOND;

/** A message that nobody has handled waits so long for a worker that works. */
export const UNHANDLED_KEPT_MS = 7 * 24 * HOUR;

/**
 * How long the record of a message is kept, with the reply to it: longer than any repeat, and longer
 * than a recorded push could be sent again by somebody else.
 */
export function keptMs(timestampWindowSeconds: number): number {
  return Math.max(HOUR, 2 * timestampWindowSeconds * SECOND);
}
