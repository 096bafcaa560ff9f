/** The account as the API knows it. */
export interface ApiAccount {
  readonly appid: string;
  readonly secret: string;
}

/**
 * Where WeChat's documents contradict each other or are silent, the emulator follows the likeliest
 * reading, and these choose another.
 */
export interface Switches {
  /** Whether the IP whitelist guards the two token endpoints or every call. */
  readonly whitelistGuards: 'token' | 'all';
  readonly whitelistErrcode: 40164 | 61004;
  readonly wrongSecretErrcode: 40125 | 40001;
  /** What a forced refresh beyond 20 a day gives: an error, or the token there is. */
  readonly forcedBeyondLimit: 45009 | 'same';
  /** Daily counters start again at midnight of this offset; 8 is Beijing. */
  readonly dayUtcOffsetHours: number;
  /** Of a test account (测试号), whose daily limits are lower. */
  readonly testAccount: boolean;
  readonly jsonContentType: string;
}

export const defaultSwitches: Switches = {
  whitelistGuards: 'token',
  whitelistErrcode: 40164,
  wrongSecretErrcode: 40125,
  forcedBeyondLimit: 45009,
  dayUtcOffsetHours: 8,
  testAccount: false,
  jsonContentType: 'application/json; encoding=utf-8',
};
