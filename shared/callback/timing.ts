const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

// Counted from the moment a push came in. WeChat hangs up after 5 s and then delivers the message again.

/** How long a repeat waits for the reply of the first delivery. */
export const FOLLOW_WITHIN_MS = 4 * SECOND;
/** When handlers are aborted; the rest of the time is for storing what became of the message. */
export const HANDLE_WITHIN_MS = 4.2 * SECOND;
/** When the answer is on its way to WeChat. */
export const ANSWER_WITHIN_MS = 4.5 * SECOND;
/** When the last hand-over to the worker's queue ends. */
export const HANDED_OVER_WITHIN_MS = 4.8 * SECOND;
/** How long a push is held that shall get no answer: WeChat has hung up by then. */
export const HELD_MS = 5.5 * SECOND;

// Of slow handlers.

/** The last delivery of a message that is older than this has been answered: 15 s, and clocks differ. */
export const DELIVERIES_OVER_MS = 20 * SECOND;
/** WeChat has hung up on a delivery that it sent so long ago: after 5 s, and clocks differ. */
export const HUNG_UP_MS = 10 * SECOND;
/** WeChat may have hung up so long after the second in which it sent a delivery. */
export const MAY_HANG_UP_MS = 5 * SECOND;
/** When a slow handler extends its claim for the first time: the store may fail twice before it is over. */
export const EXTEND_AFTER_MS = 3 * SECOND;
/** How often it does so from then on. */
export const EXTEND_EVERY_MS = 2 * SECOND;
/** When the last delivery tells the follower that the answer is still to come. */
export const TELL_AFTER_MS = 3.9 * SECOND;
/** When it does so at the latest, counted from the second in which WeChat sent it. */
export const TELL_BY_MS = 4 * SECOND;
/** How long the store may take to note what the last delivery says, which is said all the same then. */
export const NOTED_WITHIN_MS = 0.6 * SECOND;
/** The rest of a long answer is sent so long after the response with its first part. */
export const REST_AFTER_MS = 1.5 * SECOND;
/** How long an answer is kept for the follower to ask for. */
export const KEPT_FOR_ASKING_MS = 48 * HOUR;
/** How long it is remembered that WeChat lets this account send no customer-service messages. */
export const NO_RIGHT_KEPT_MS = 24 * HOUR;

// Limits of one operation of the store.

/** Between two attempts of a delivery at what the store has failed with. */
export const STORE_PAUSE_MS = 400;
/** Of an operation that is made although time is up. */
export const AT_LEAST_MS = 300;
/** After this we handle the message without the store. Long enough for a cold start. */
export const CLAIM_WITHIN_MS = 2 * SECOND;
/** Limit of one hand-over to the worker's queue. */
export const HAND_OVER_WITHIN_MS = 2.5 * SECOND;

/**
 * How long a claim stands. Its holder has answered after 4.5 s; the rest allows for clocks of
 * instances that differ by up to 1.5 s.
 */
export const LEASE_MS = 6 * SECOND;

/**
 * How long a message of an instance of the callback keeps its place among those of its follower. Its
 * claim is over by then, and a repeat has had time to take it over.
 */
export const TURN_LEASE_MS = LEASE_MS + 3 * SECOND;
/** How long a message waits for its turn before it is left to the worker, from the push. */
export const TURN_WITHIN_MS = 3 * SECOND;

/** A message that is older than this when it is pushed is a repeat. */
export const REPEAT_AFTER_MS = 4 * SECOND;
/**
 * WeChat delivers a message 3 times in all, 5 s apart (its documents can be read as 4). A message
 * that is younger than this comes again if it gets no answer now. A push says by WeChat's own clock
 * how old its message is. Should repeats carry the time of the first delivery, our clock says it
 * instead: 2 s allow for the difference of the two.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
 */
export const COMES_AGAIN_BEFORE_MS = 8 * SECOND;
/**
 * How much older than the time window a message may be when it is pushed: WeChat repeats it for 15 s,
 * and its own queue may have held it.
 */
export const REPEATS_ALLOWANCE_MS = 60 * SECOND;
/** By this time after a lease the last repeat is over, and the worker takes the message. */
export const REPEATS_OVER_MS = 15 * SECOND;

/** How long a message that was never handled waits for a worker that works. */
export const UNHANDLED_KEPT_MS = 7 * 24 * HOUR;

/**
 * How long the record of a message is kept, with the reply to it: longer than any repeat takes, and
 * longer than the signature of a push is accepted that an attacker has recorded and sends again.
 */
export function keptMs(timestampWindowSeconds: number): number {
  return Math.max(HOUR, 2 * timestampWindowSeconds * SECOND);
}
