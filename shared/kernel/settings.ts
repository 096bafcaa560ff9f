import * as v from 'valibot';
import { logLevels } from './log.ts';
import { Secret } from './secret.ts';

/** One environment variable: its name, what it is, and how its text becomes a value. */
export interface Setting {
  readonly env: string;
  readonly about: string;
  /** Takes the text, or `undefined` when the variable is missing or empty. */
  readonly schema: v.GenericSchema<unknown, unknown>;
}

const text = (pattern: RegExp, expected: string) =>
  v.pipe(v.string('is missing'), v.regex(pattern, `must be ${expected}`));

const secret = (pattern: RegExp, expected: string) =>
  v.pipe(
    text(pattern, expected),
    v.transform((value) => new Secret(value)),
  );

const oneOf = <const T extends readonly [string, ...string[]]>(options: T) =>
  v.picklist(options, `must be one of ${options.join(', ')}`);

const wholeNumber = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};

/** `22-8`: from the first hour of the day up to the second. */
const hours = v.pipe(
  v.string(),
  v.regex(
    /^(?:1?\d|2[0-3])-(?:1?\d|2[0-3])$/,
    'must be two hours of the day from 0 to 23, such as 22-8',
  ),
  v.transform((value): readonly [from: number, until: number] => {
    const [from = 0, until = 0] = value.split('-').map(Number);
    return [from, until];
  }),
);

const url = v.pipe(
  v.string(),
  v.url('must be a URL'),
  v.regex(/^https?:\/\/[^?#]*$/, 'must be an http(s) URL without a query'),
  v.transform((value) => value.replace(/\/+$/, '')),
);

/**
 * Every setting of every function, once. A function names those that it reads (`loadConfig`), gets
 * only those in its environment, and `.env.example` lists them all.
 */
export const settings = {
  appid: {
    env: 'WECHAT_APPID',
    about: 'AppID of the Service Account',
    schema: text(/^wx[0-9a-z]{16}$/, '"wx" and 16 letters or digits'),
  },
  appsecret: {
    env: 'WECHAT_APPSECRET',
    about: 'AppSecret of the Service Account',
    schema: secret(/^[0-9a-zA-Z]{32}$/, '32 letters or digits'),
  },
  token: {
    env: 'WECHAT_TOKEN',
    about: 'Token of the message push',
    schema: secret(/^[0-9a-zA-Z]{3,32}$/, '3 to 32 letters or digits'),
  },
  mode: {
    env: 'WECHAT_MODE',
    about: 'Mode of the message push: plain, compat or safe',
    schema: v.optional(oneOf(['plain', 'compat', 'safe']), 'safe'),
  },
  encodingAesKey: {
    env: 'WECHAT_ENCODING_AES_KEY',
    about: 'EncodingAESKey of the message push; not needed in plain mode',
    schema: v.optional(secret(/^[0-9a-zA-Z]{43}$/, '43 letters or digits')),
  },
  timestampWindowSeconds: {
    env: 'WECHAT_TIMESTAMP_WINDOW_SECONDS',
    about: 'How far the timestamp of a push may be from our clock',
    schema: v.optional(wholeNumber(10, 86_400), '600'),
  },
  apiBaseUrl: {
    env: 'WECHAT_API_BASE_URL',
    about: 'Where the WeChat API is; another address in tests and in the emulator',
    schema: v.optional(url, 'https://api.weixin.qq.com'),
  },
  tokenKind: {
    env: 'WECHAT_TOKEN_KIND',
    about: 'Which access_token endpoint: stable (stable_token) or classic (token)',
    schema: v.optional(oneOf(['stable', 'classic']), 'stable'),
  },
  jsapiTicket: {
    env: 'WECHAT_JSAPI_TICKET',
    about: 'Whether the timer keeps a jsapi_ticket for web pages with JS-SDK: on or off',
    schema: v.optional(oneOf(['on', 'off']), 'on'),
  },
  cloudbaseEnvId: {
    env: 'CLOUDBASE_ENV_ID',
    about: 'Environment id of the CloudBase environment that holds our documents',
    schema: text(/^[0-9a-z][0-9a-z-]{2,63}$/i, 'a CloudBase environment id'),
  },
  inboxWithoutStore: {
    env: 'INBOX_WITHOUT_STORE',
    about:
      'When the store cannot say whether a message is a repeat: answer (it may be handled twice) or wait (it may be lost)',
    schema: v.optional(oneOf(['answer', 'wait']), 'answer'),
  },
  followerMessagesPerMinute: {
    env: 'FOLLOWER_MESSAGES_PER_MINUTE',
    about: 'How many messages of one follower an instance handles in a minute; 0: any number',
    schema: v.optional(wholeNumber(0, 100_000), '120'),
  },
  floodReply: {
    env: 'FLOOD_REPLY',
    about: 'What a follower reads, once, who has sent more than that',
    schema: v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1),
        v.maxLength(500, 'must have 500 characters at most'),
      ),
      '您发得太快了，请一分钟后再试。 Too many messages. Please try again in a minute.',
    ),
  },
  callbackAllowList: {
    env: 'CALLBACK_ALLOW_LIST',
    about: 'Whether pushes must also come from an address that WeChat names: on or off',
    schema: v.optional(oneOf(['on', 'off']), 'off'),
  },
  workerWake: {
    env: 'WORKER_WAKE',
    about:
      'How the callback wakes the worker: scf, cloudbase or none; empty: by where the function runs',
    schema: v.optional(oneOf(['scf', 'cloudbase', 'none'])),
  },
  workerFunction: {
    env: 'WORKER_FUNCTION',
    about: 'Name of the worker where it is deployed; serverless.yml and cloudbaserc.json set it',
    schema: v.optional(text(/^[A-Za-z][\w-]{0,59}$/, 'the name of a function'), 'worker'),
  },
  metricsKey: {
    env: 'METRICS_KEY',
    about: 'What Prometheus sends as bearer token; empty: nobody can read the metrics',
    schema: v.optional(secret(/^[\x21-\x7e]{16,128}$/, '16 to 128 characters without spaces')),
  },
  metricsFlushSeconds: {
    env: 'METRICS_FLUSH_SECONDS',
    about: 'How often an instance writes its metrics at most',
    schema: v.optional(wholeNumber(1, 600), '10'),
  },
  alertWebhook: {
    env: 'ALERT_WEBHOOK',
    about: 'Where alerts are sent, a URL: of a WeCom robot, or any that takes JSON; empty: nowhere',
    schema: v.optional(secret(/^https?:\/\/\S+$/, 'an http(s) URL')),
  },
  alertWebhookKind: {
    env: 'ALERT_WEBHOOK_KIND',
    about: 'What the webhook takes: json or wecom; empty: by its address',
    schema: v.optional(oneOf(['json', 'wecom'])),
  },
  massSendPerDay: {
    env: 'MASS_SEND_PER_DAY',
    about: 'Mass messages that a follower gets a day at most (days of China)',
    schema: v.optional(wholeNumber(1, 100), '4'),
  },
  massSendPerMonth: {
    env: 'MASS_SEND_PER_MONTH',
    about: 'The same a calendar month; WeChat delivers 4',
    schema: v.optional(wholeNumber(1, 100), '4'),
  },
  massSendGapMinutes: {
    env: 'MASS_SEND_GAP_MINUTES',
    about: 'Minutes between the starts of two mass sends',
    schema: v.optional(wholeNumber(0, 1_440), '60'),
  },
  massSendCallsPerDay: {
    env: 'MASS_SEND_CALLS_PER_DAY',
    about: 'Mass-send calls a day, each to 10 000 followers; WeChat gives a new account 100',
    schema: v.optional(wholeNumber(1, 100_000), '100'),
  },
  massSendQuietHours: {
    env: 'MASS_SEND_QUIET_HOURS',
    about: 'Hours in China in which no mass message goes out, such as 22-8; empty for none',
    schema: v.optional(hours),
  },
  logLevel: {
    env: 'LOG_LEVEL',
    about: 'The least severe log line written: debug, info, warn or error',
    schema: v.optional(oneOf(logLevels), 'info'),
  },
  logOpenids: {
    env: 'LOG_OPENIDS',
    about: 'How an openid is logged: hash or plain',
    schema: v.optional(oneOf(['hash', 'plain']), 'hash'),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** All settings with their values; a function's own config is a `Pick` of it. */
export type Config = {
  readonly [Name in SettingName]: v.InferOutput<(typeof settings)[Name]['schema']>;
};
