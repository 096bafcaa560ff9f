/** WeChat takes so many openids in one call. https://developers.weixin.qq.com/doc/service/api/notify/message/api_masssend.html */
export const MAX_BATCH = 10_000;
/** With fewer it answers 40130. */
export const MIN_BATCH = 2;
/** Calls of the same minute, also by WeChat. */
export const CALLS_A_MINUTE = 60;
/** Openids that one submission may name. */
export const MAX_OPENIDS = 10_000;
/** How far ahead a broadcast may be scheduled. */
export const MAX_AHEAD_MS = 30 * 86_400_000;
/** WeChat remembers a clientmsgid for 24 hours: after less than that, a try is not made again. */
export const KEY_LIFE_MS = 23 * 3_600_000;
/** Blocks that one transaction marks; it has 30 seconds, and others wait for it. */
export const BLOCKS_AT_ONCE = 20;

/** What the account's owner decides; see the settings. */
export interface Limits {
  /** Mass messages that a follower gets a day and a month at most, in China's calendar. */
  readonly perDay: number;
  readonly perMonth: number;
  /** Between the starts of two broadcasts. */
  readonly gapMinutes: number;
  /** Calls a day: WeChat gives a new account 100. */
  readonly callsPerDay: number;
  /** The hours in China in which nothing is sent, from the first up to the second. */
  readonly quietHours: readonly [from: number, until: number] | undefined;
}
