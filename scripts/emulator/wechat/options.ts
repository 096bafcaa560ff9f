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
  /** Of errors where a file was asked for. */
  readonly fileErrorContentType: string;
  /** What a file gets whose name has other characters than ASCII; `taken` lets it pass. */
  readonly nonAsciiFileName: 41005 | 40005 | 'taken';
  /** Of temporary pictures. */
  readonly temporaryImageMaxBytes: number;
  /** How many files of permanent material there may be. */
  readonly materialLimits: Readonly<Record<'image' | 'voice' | 'video', number>>;
  /** Of the title of a draft's article, in characters. */
  readonly articleTitleMaxChars: number;
  readonly clientMsgIdMaxBytes: number;
  readonly publishEvent: 'PUBLISHJOBFINISH' | 'FREEPUBLISHJOBFINISH';
  /** From the order to publish until it is done. */
  readonly publishTakesMs: number;
  /** The same of a mass send, besides what its speed costs. */
  readonly massSendTakesMs: number;
  /** Whether MASSSENDJOBFINISH arrives before the answer to the call that caused it. */
  readonly massSendEvent: 'later' | 'before-answer';
  /** What a follower's next action does to the allowance of custom messages. */
  readonly customAllowance: 'refreshed' | 'accumulated';
  /** Of custom text messages. */
  readonly customTextMaxBytes: number;
  readonly maxAgents: number;
  readonly blacklistPageSize: number;
  /** Of a follower's remark. */
  readonly remarkLimit: '30 characters' | '29 bytes';
  /** Name, picture, sex and place of a follower, which WeChat no longer gives. */
  readonly removedUserFields: 'omitted' | 'empty';
  /** Life of a temporary QR code that names none. */
  readonly qrcodeSeconds: number;
  /** How many days a report may span: by the table that allows more, or by the other. */
  readonly reportSpans: 'wide' | 'narrow';
  readonly industryChangesPerMonth: number;
  /** From the sending of a template or subscribe message to the event that tells of it. */
  readonly noticeTakesMs: number;
}

export const defaultSwitches: Switches = {
  whitelistGuards: 'token',
  whitelistErrcode: 40164,
  wrongSecretErrcode: 40125,
  forcedBeyondLimit: 45009,
  dayUtcOffsetHours: 8,
  testAccount: false,
  jsonContentType: 'application/json; encoding=utf-8',
  fileErrorContentType: 'text/plain',
  nonAsciiFileName: 41005,
  temporaryImageMaxBytes: 10 * 1_048_576,
  materialLimits: { image: 100_000, voice: 1_000, video: 1_000 },
  articleTitleMaxChars: 32,
  clientMsgIdMaxBytes: 64,
  publishEvent: 'PUBLISHJOBFINISH',
  publishTakesMs: 3_000,
  massSendTakesMs: 5_000,
  massSendEvent: 'later',
  customAllowance: 'refreshed',
  customTextMaxBytes: 2_048,
  maxAgents: 100,
  blacklistPageSize: 1_000,
  remarkLimit: '30 characters',
  removedUserFields: 'omitted',
  qrcodeSeconds: 60,
  reportSpans: 'wide',
  industryChangesPerMonth: 5,
  noticeTakesMs: 1_000,
};
