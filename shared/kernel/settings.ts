import * as v from 'valibot';
import { logLevels } from './log.ts';
import { lastDay, oneOf, secret, text, url, wholeNumber } from './setting-schemas.ts';

/** One environment variable: its name, what it is, and how its text becomes a value. */
export interface Setting {
  readonly env: string;
  /** The name that it had in an earlier version. */
  readonly formerEnv?: string;
  readonly about: string;
  /**
   * Makes the schema, which takes the text, or `undefined` when the variable is missing or empty. A
   * function reads half of all settings at most, and each cold start would pay for the schemas of the others.
   */
  readonly schema: () => v.GenericSchema<unknown, unknown>;
}

/** `22-8`: from the first hour of the day up to the second. */
const hours = () =>
  v.pipe(
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

/** The last part is the code that WeChat reads in the file. */
const domainFiles = () =>
  v.pipe(
    v.string(),
    v.transform((value) => value.split(',').map((name) => name.trim())),
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^MP_verify_[0-9A-Za-z]{8,32}\.txt$/,
          'must be names such as MP_verify_4CqxYx8v7aqQqBqF.txt, with commas between them',
        ),
      ),
    ),
  );

/** Sources of a call that are clients, whom no setting can make WeChat or a server. */
export const CLIENT_SOURCES: readonly string[] = [
  'wx_client',
  'wx_devtools',
  'wx_localdebug',
  'wx_crawler',
  'wx_http',
];

/** `wx_unknown,scf`: names without a client among them. */
const sources = () =>
  v.pipe(
    v.string(),
    v.transform((value) => value.split(',').map((name) => name.trim())),
    v.transform((names): readonly string[] => names.filter((name) => name !== '')),
    v.check(
      (names) => names.every((name) => /^[a-z_]+$/.test(name)),
      'must be names of sources with commas between them, such as wx_unknown,scf',
    ),
    v.check(
      (names) => !names.some((name) => CLIENT_SOURCES.includes(name)),
      `must not name a client, of whom anybody may be one: ${CLIENT_SOURCES.join(', ')}`,
    ),
  );

/**
 * Every setting of every function, once. A function names those that it reads (`loadConfig`), gets
 * only those in its environment, and `.env.example` lists them all.
 */
export const settings = {
  appid: {
    env: 'WECHAT_APPID',
    about: 'AppID of the Service Account',
    schema: () => text(/^wx[0-9a-z]{16}$/, '"wx" and 16 letters or digits'),
  },
  appsecret: {
    env: 'WECHAT_APPSECRET',
    about: 'AppSecret of the Service Account; needed where TOKEN_SOURCE is document',
    // `loadConfig` tells where it must not be missing.
    schema: () => v.optional(secret(/^[0-9a-zA-Z]{32}$/, '32 letters or digits')),
  },
  documentKey: {
    env: 'DOCUMENT_KEY',
    about:
      'Key from which the proofs, seals and keyed hashes of documents are derived; empty for the AppSecret, and needed where there is none',
    schema: () =>
      v.optional(secret(/^[\x21-\x7e]{32,128}$/, '32 to 128 characters without spaces')),
  },
  tokenSource: {
    env: 'TOKEN_SOURCE',
    about:
      'Where the access_token comes from: document (token-refresh fetches it with the AppSecret), or inside WeChat Cloud none (the platform adds it), file or header (with the pushes into a container)',
    schema: () => v.optional(oneOf(['document', 'none', 'file', 'header']), 'document'),
  },
  tokenFile: {
    env: 'TOKEN_FILE',
    about: 'File in which WeChat Cloud gives a container its token, where TOKEN_SOURCE is file',
    schema: () =>
      v.optional(
        text(/^\/\S+$/, 'the path of a file, from the root'),
        '/.tencentcloudbase/wx/cloudbase_access_token',
      ),
  },
  token: {
    env: 'WECHAT_TOKEN',
    about: 'Token of the message push',
    schema: () => secret(/^[0-9a-zA-Z]{3,32}$/, '3 to 32 letters or digits'),
  },
  mode: {
    env: 'WECHAT_MODE',
    about: 'Mode of the message push, as in the console: plain, compat or safe',
    schema: () => v.optional(oneOf(['plain', 'compat', 'safe']), 'safe'),
  },
  encodingAesKey: {
    env: 'WECHAT_ENCODING_AES_KEY',
    about: 'EncodingAESKey of the message push; plain mode needs none',
    schema: () => v.optional(secret(/^[0-9a-zA-Z]{43}$/, '43 letters or digits')),
  },
  timestampWindowSeconds: {
    env: 'WECHAT_TIMESTAMP_WINDOW_SECONDS',
    about: 'Seconds that the timestamp of a push may differ from the clock of the function',
    schema: () => v.optional(wholeNumber(10, 86_400), '600'),
  },
  pushDoor: {
    env: 'PUSH_DOOR',
    about:
      'How WeChat reaches the callback: signed (a server of your own), or inside WeChat Cloud, where nothing is signed, container or cloud-function',
    schema: () => v.optional(oneOf(['signed', 'container', 'cloud-function']), 'signed'),
  },
  pushSources: {
    env: 'PUSH_SOURCES',
    about:
      'Sources, by the word of the platform, from which a cloud function takes pushes: `none` or names such as wx_unknown, with commas; the log names those that it refuses',
    schema: () => v.optional(sources(), ''),
  },
  invokeSources: {
    env: 'INVOKE_SOURCES',
    about:
      'Further sources, by the word of the platform, from which functions may be invoked, with commas: servers of yours that a refusal names',
    schema: () => v.optional(sources(), ''),
  },
  pushPublicAccess: {
    env: 'PUSH_PUBLIC_ACCESS',
    about:
      'Whether the container can be reached from outside WeChat Cloud: on, and then it only takes what has the header x-wx-source, or off',
    schema: () => v.optional(oneOf(['on', 'off']), 'on'),
  },
  apiBaseUrl: {
    env: 'WECHAT_API_BASE_URL',
    about: 'Address of the WeChat API; tests and the emulator set another one',
    schema: () => v.optional(url(), 'https://api.weixin.qq.com'),
  },
  tokenKind: {
    env: 'WECHAT_TOKEN_KIND',
    about: 'Endpoint that gives the access_token: stable (stable_token) or classic (token)',
    schema: () => v.optional(oneOf(['stable', 'classic']), 'stable'),
  },
  jsapiTicket: {
    env: 'WECHAT_JSAPI_TICKET',
    about: 'Whether token-refresh also keeps a jsapi_ticket for web pages with JS-SDK: on or off',
    schema: () => v.optional(oneOf(['on', 'off']), 'on'),
  },
  cloudbaseEnvId: {
    env: 'CLOUDBASE_ENV_ID',
    about: 'Id of the CloudBase environment that holds the documents of the functions',
    schema: () => text(/^[0-9a-z][0-9a-z-]{2,63}$/i, 'a CloudBase environment id'),
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    about:
      'Where PostgreSQL is: postgres://user:password@host:port/name; sslmode=disable where it has no TLS',
    schema: () => v.optional(secret(/^postgres(?:ql)?:\/\/\S+$/, 'a URL of PostgreSQL')),
  },
  pgHost: {
    env: 'PGHOST',
    about: 'Host of PostgreSQL, where DATABASE_URL is empty',
    schema: () => v.optional(text(/^[\w.:-]+$/, 'the name or address of a host')),
  },
  pgPort: {
    env: 'PGPORT',
    about: 'Port of PostgreSQL, where DATABASE_URL is empty',
    schema: () => v.optional(wholeNumber(1, 65_535), '5432'),
  },
  pgDatabase: {
    env: 'PGDATABASE',
    about: 'Database of PostgreSQL, where DATABASE_URL is empty',
    schema: () => v.optional(text(/^\S+$/, 'the name of a database')),
  },
  pgUser: {
    env: 'PGUSER',
    about: 'User of PostgreSQL, where DATABASE_URL is empty',
    schema: () => v.optional(text(/^\S+$/, 'the name of a user')),
  },
  pgPassword: {
    env: 'PGPASSWORD',
    about: 'Password of that user',
    schema: () => v.optional(secret(/^.+$/, 'a password')),
  },
  databaseCa: {
    env: 'DATABASE_CA',
    about:
      'Certificate of the authority that signed that of PostgreSQL, as PEM; line breaks may be \\n',
    schema: () =>
      v.optional(
        v.pipe(
          text(/^-----BEGIN CERTIFICATE-----/, 'a certificate in PEM form'),
          v.transform((value) => value.replaceAll('\\n', '\n')),
        ),
      ),
  },
  databasePool: {
    env: 'DATABASE_POOL',
    about: 'How many connections to PostgreSQL an instance opens at most',
    schema: () => v.optional(wholeNumber(1, 100), '2'),
  },
  requestsAtOnce: {
    env: 'HTTP_REQUESTS_AT_ONCE',
    about:
      'How many requests the server of an HTTP function or a container handles at a time; it answers more with 503',
    schema: () => v.optional(wholeNumber(1, 10_000), '200'),
  },
  addressHeader: {
    env: 'HTTP_ADDRESS_HEADER',
    about:
      "Header in which the gateway in front of the callback writes the caller's address, for CALLBACK_ALLOW_LIST; empty for that of SCF and CloudBase. It must be one that a caller cannot set",
    schema: () => v.optional(text(/^[a-z][a-z0-9-]*$/, 'the name of a header in small letters')),
  },
  databaseSchema: {
    env: 'DATABASE_SCHEMA',
    about: 'Schema of PostgreSQL that holds our tables',
    schema: () =>
      v.optional(text(/^[a-z_][a-z0-9_]{0,62}$/, 'small letters, digits and _'), 'fuwuhao'),
  },
  inboxWithoutStore: {
    env: 'INBOX_WITHOUT_STORE',
    about:
      'What the callback does when the store cannot tell whether a message is a repeat: answer (the message may be handled twice) or wait (it may be lost)',
    schema: () => v.optional(oneOf(['answer', 'wait']), 'answer'),
  },
  whileAskedAgain: {
    env: 'SLOW_WHILE_ASKED_AGAIN',
    about:
      'Whether the callback keeps slow handlers going while WeChat asks again: on, or off (the worker runs them) where the platform ends an invocation whose caller has hung up',
    schema: () => v.optional(oneOf(['on', 'off']), 'on'),
  },
  followerMessagesPerMinute: {
    env: 'FOLLOWER_MESSAGES_PER_MINUTE',
    about: 'Messages of one follower that an instance handles in a minute; 0 sets no limit',
    schema: () => v.optional(wholeNumber(0, 100_000), '120'),
  },
  floodReply: {
    env: 'FLOOD_REPLY',
    about: 'Reply, sent once, to a follower who exceeds FOLLOWER_MESSAGES_PER_MINUTE',
    schema: () =>
      v.optional(
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
    about:
      'Whether the callback takes pushes only from the addresses that WeChat publishes: on or off',
    schema: () => v.optional(oneOf(['on', 'off']), 'off'),
  },
  proxyV1Until: {
    env: 'PROXY_V1_UNTIL',
    about:
      'Last day, in China, on which the API proxy takes requests that are signed by the scheme v1; a later one gives clients more time',
    schema: () => v.optional(lastDay(), '2027-06-30'),
  },
  domainFiles: {
    env: 'WECHAT_DOMAIN_FILES',
    about:
      'Names of the files MP_verify_….txt that the callback serves, by which WeChat checks a domain for JS-SDK or web login',
    schema: () => v.optional(domainFiles()),
  },
  workerWake: {
    env: 'WORKER_WAKE',
    formerEnv: 'WORKER_KICK',
    about:
      'How a function wakes the worker: scf, cloudbase, here (a container that has the worker in it) or none (the timer starts it); empty for the platform that it runs on',
    schema: () => v.optional(oneOf(['scf', 'cloudbase', 'here', 'none'])),
  },
  workerFunction: {
    env: 'WORKER_FUNCTION',
    about: 'Deployed name of the worker; serverless.yml and cloudbaserc.json set it',
    schema: () => v.optional(text(/^[A-Za-z][\w-]{0,59}$/, 'the name of a function'), 'worker'),
  },
  invokeKey: {
    env: 'INVOKE_KEY',
    about:
      'Bearer token with which an operator invokes functions in a container of the callback, by HTTP; without it none can be invoked there',
    schema: () =>
      v.optional(secret(/^[\x21-\x7e]{32,128}$/, '32 to 128 characters without spaces')),
  },
  metricsKey: {
    env: 'METRICS_KEY',
    about: 'Bearer token with which Prometheus reads the metrics; without it they cannot be read',
    schema: () =>
      v.optional(secret(/^[\x21-\x7e]{16,128}$/, '16 to 128 characters without spaces')),
  },
  metricsFlushSeconds: {
    env: 'METRICS_FLUSH_SECONDS',
    about: 'Seconds that an instance waits at least between two writes of its metrics',
    schema: () => v.optional(wholeNumber(1, 600), '10'),
  },
  alertWebhook: {
    env: 'ALERT_WEBHOOK',
    about:
      'URL that alerts are sent to: a WeCom robot, or any server that takes JSON; empty for no alerts',
    schema: () => v.optional(secret(/^https?:\/\/\S+$/, 'an http(s) URL')),
  },
  alertWebhookKind: {
    env: 'ALERT_WEBHOOK_KIND',
    about: 'Format of the alerts: json or wecom; empty to tell it by the URL',
    schema: () => v.optional(oneOf(['json', 'wecom'])),
  },
  massSendPerDay: {
    env: 'MASS_SEND_PER_DAY',
    about: 'Mass messages that a follower gets in a day at most; the day is that of China',
    schema: () => v.optional(wholeNumber(1, 100), '4'),
  },
  massSendPerMonth: {
    env: 'MASS_SEND_PER_MONTH',
    about: 'Mass messages that a follower gets in a calendar month at most; WeChat delivers 4',
    schema: () => v.optional(wholeNumber(1, 100), '4'),
  },
  massSendGapMinutes: {
    env: 'MASS_SEND_GAP_MINUTES',
    about: 'Minutes between the starts of two mass sends at least',
    schema: () => v.optional(wholeNumber(0, 1_440), '60'),
  },
  massSendCallsPerDay: {
    env: 'MASS_SEND_CALLS_PER_DAY',
    about:
      'Mass-send calls in a day at most, each to 10 000 followers; WeChat allows a new account 100',
    schema: () => v.optional(wholeNumber(1, 100_000), '100'),
  },
  massSendQuietHours: {
    env: 'MASS_SEND_QUIET_HOURS',
    about: 'Hours of China in which no mass message is sent, such as 22-8; empty for no such hours',
    schema: () => v.optional(hours()),
  },
  console: {
    env: 'CONSOLE',
    about:
      'Whether the function `console` serves the page for the people who run the account: on or off',
    schema: () => v.optional(oneOf(['on', 'off']), 'off'),
  },
  consoleOrigin: {
    env: 'CONSOLE_ORIGIN',
    about:
      'Where operators open the console, such as https://ops.example.com: passkeys are made for it; empty for the address in the browser',
    schema: () =>
      v.optional(text(/^https?:\/\/[^\s/?#@]+$/, 'https:// and a host, without a path')),
  },
  consoleSecondOperator: {
    env: 'CONSOLE_SECOND_OPERATOR',
    about:
      'Whether a broadcast that an operator proposes in the console must be released by another one: on or off',
    schema: () => v.optional(oneOf(['on', 'off']), 'on'),
  },
  logLevel: {
    env: 'LOG_LEVEL',
    about: 'Least severe lines that are logged: debug, info, warn or error',
    schema: () => v.optional(oneOf(logLevels), 'info'),
  },
  logOpenids: {
    env: 'LOG_OPENIDS',
    about: 'How openids are logged: hash or plain',
    schema: () => v.optional(oneOf(['hash', 'plain']), 'hash'),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** All settings with their values; a function's own config is a `Pick` of it. */
export type Config = {
  readonly [Name in SettingName]: v.InferOutput<ReturnType<(typeof settings)[Name]['schema']>>;
};
