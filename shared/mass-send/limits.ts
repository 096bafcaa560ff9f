/** How many openids WeChat takes in one call. https://developers.weixin.qq.com/doc/service/api/notify/message/api_masssend.html */
export const MAX_BATCH = 10_000;
/** WeChat answers 40130 to fewer openids. */
export const MIN_BATCH = 2;
/** WeChat's limit of calls in one minute. */
export const CALLS_A_MINUTE = 60;
/** Openids that one submission may name. */
export const MAX_OPENIDS = 10_000;
/** How far ahead a broadcast may be scheduled. */
export const MAX_AHEAD_MS = 30 * 86_400_000;
/** WeChat remembers a clientmsgid for 24 hours: well before that the worker stops repeating a try. */
export const KEY_LIFE_MS = 23 * 3_600_000;
/** Blocks that one transaction marks: it has 30 seconds, and other writers wait for it. */
export const BLOCKS_AT_ONCE = 20;

/** Limits that the account's owner sets; see the settings. */
export interface Limits {
  /** How many mass messages a follower gets a day and a month at most, in China's calendar. */
  readonly perDay: number;
  readonly perMonth: number;
  /** The least gap between the starts of two broadcasts. */
  readonly gapMinutes: number;
  /** Calls a day; WeChat allows a new account 100. */
  readonly callsPerDay: number;
  /** The hours in China in which the worker sends nothing, from the first up to the second. */
  readonly quietHours: readonly [from: number, until: number] | undefined;
}
