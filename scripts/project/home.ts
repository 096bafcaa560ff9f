import { loadConfig } from '../../shared/kernel/config.ts';
import type { Config, SettingName } from '../../shared/kernel/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where an account lives: a server of its own (SCF or CloudBase), or inside WeChat Cloud. */
export type Home = 'server' | 'wechat-function' | 'wechat-container';

const homes = {
  signed: 'server',
  'cloud-function': 'wechat-function',
  container: 'wechat-container',
} as const satisfies Record<Config['pushDoor'], Home>;

/** What only the signed door reads: inside WeChat Cloud nothing is signed. */
export const signedSettings = [
  'token',
  'mode',
  'encodingAesKey',
] as const satisfies readonly SettingName[];

/** @throws AppError if PUSH_DOOR is no door */
export function homeOf(env: Env): Home {
  return homes[loadConfig(env, ['pushDoor']).pushDoor];
}

/** Settings that contradict each other or the home, with what to do. */
export interface Contradiction {
  /** Whether the callback would not start, or would take no message for ever. */
  readonly isFatal: boolean;
  readonly why: string;
  readonly todo: string;
}

interface Rule extends Contradiction {
  readonly homes: readonly Home[];
  applies(settings: HomeSettings, env: Env): boolean;
}

const homeSettings = [
  'pushDoor',
  'pushSources',
  'pushPublicAccess',
  'callbackAllowList',
  'addressHeader',
  'tokenSource',
] as const;
type HomeSettings = Pick<Config, (typeof homeSettings)[number]>;

const inWechat: readonly Home[] = ['wechat-function', 'wechat-container'];

const rules: readonly Rule[] = [
  {
    homes: ['server'],
    isFatal: true,
    applies: ({ tokenSource }) => tokenSource !== 'document',
    why: 'TOKEN_SOURCE is not document, but outside WeChat Cloud no platform gives a token.',
    todo: 'Set TOKEN_SOURCE=document, and WECHAT_APPSECRET.',
  },
  {
    homes: ['wechat-function'],
    isFatal: true,
    applies: ({ tokenSource }) => tokenSource === 'file' || tokenSource === 'header',
    why: 'TOKEN_SOURCE is file or header, which only a container has.',
    todo: 'Set TOKEN_SOURCE=document, and WECHAT_APPSECRET.',
  },
  {
    homes: ['wechat-function'],
    isFatal: false,
    applies: ({ tokenSource }) => tokenSource === 'none',
    why: 'TOKEN_SOURCE is none; no document says that calls of a cloud function are relayed, as those of a container are.',
    todo: 'Try a call (npm run invoke -- menu get); if it is refused, set TOKEN_SOURCE=document and deploy.',
  },
  {
    homes: ['wechat-function'],
    isFatal: false,
    applies: ({ pushSources }) => pushSources.length === 0,
    why: 'PUSH_SOURCES names no source, so that the cloud function refuses every push.',
    todo: 'Write to the account: the log of `callback` names the source that it refused ("push refused"). Unless it is a client, put it into PUSH_SOURCES and deploy.',
  },
  {
    homes: ['wechat-function'],
    isFatal: true,
    applies: ({ callbackAllowList }) => callbackAllowList === 'on',
    why: 'CALLBACK_ALLOW_LIST is on, but a cloud function is called with no address, so that the list admits nobody.',
    todo: 'Set CALLBACK_ALLOW_LIST=off.',
  },
  {
    homes: ['wechat-container'],
    isFatal: true,
    applies: ({ callbackAllowList, addressHeader }) =>
      callbackAllowList === 'on' && addressHeader === undefined,
    why: 'CALLBACK_ALLOW_LIST is on, but WeChat Cloud Run tells a container no address of a caller.',
    todo: 'Set CALLBACK_ALLOW_LIST=off.',
  },
  {
    homes: ['wechat-container'],
    isFatal: false,
    applies: ({ pushPublicAccess }) => pushPublicAccess === 'on',
    why: 'The container may be reached from outside, and the header x-wx-source is all that tells a push there; no document promises that the platform takes it out of requests from outside.',
    todo: 'Switch 公网访问 off in the settings of the service, then set PUSH_PUBLIC_ACCESS=off and deploy.',
  },
  {
    homes: ['server'],
    isFatal: false,
    applies: (_, { PUSH_SOURCES, PUSH_PUBLIC_ACCESS }) =>
      !!PUSH_SOURCES || PUSH_PUBLIC_ACCESS === 'off',
    why: 'PUSH_SOURCES or PUSH_PUBLIC_ACCESS is set, but PUSH_DOOR is signed, where neither is read.',
    todo: 'Set PUSH_DOOR to cloud-function or container for a home inside WeChat Cloud, or take them out.',
  },
  {
    homes: inWechat,
    isFatal: false,
    applies: (_, { CUSTOM_DOMAIN }) => !!CUSTOM_DOMAIN,
    why: 'CUSTOM_DOMAIN is set, but inside WeChat Cloud no domain leads to the callback.',
    todo: 'Take it out, or keep the domain for functions on SCF or CloudBase.',
  },
];

/** @throws AppError if a setting cannot be read */
export function contradictionsOf(env: Env): readonly Contradiction[] {
  const settings = loadConfig(env, homeSettings);
  const home = homes[settings.pushDoor];
  return rules
    .filter((rule) => rule.homes.includes(home) && rule.applies(settings, env))
    .map(({ isFatal, why, todo }) => ({ isFatal, why, todo }));
}
