import type { Account } from '../account/router.ts';
import { createAllowList } from '../callback/allow-list.ts';
import { withDomainFiles } from '../callback/domain-files.ts';
import { createInbox } from '../callback/inbox.ts';
import { createMessageQueue } from '../callback/message-job.ts';
import type { PushDoor, PushDoorName } from '../callback/push-door.ts';
import { createReceiver } from '../callback/receive.ts';
import { SignedDoor, type SignedDoorConfig } from '../callback/signed-door.ts';
import { keptMs } from '../callback/timing.ts';
import {
  CloudFunctionDoor,
  ContainerDoor,
  type UnsignedDoorConfig,
} from '../callback/unsigned-door.ts';
import { createQueue } from '../jobs/index.ts';
import type { HttpApp } from '../kernel/app.ts';
import { loadConfig } from '../kernel/config.ts';
import { AppError } from '../kernel/errors.ts';
import type { Config, SettingName } from '../kernel/settings.ts';
import { eraseJob } from './erase.ts';
import { apiSettings } from './parts/api-settings.ts';
import { recordEvents } from './parts/record-events.ts';
import { weChatApi } from './parts/wechat.ts';
import { openStore, start, systemWorld, type World } from './parts/world.ts';
import { wakeSettings, wakeWorkerOf } from './wake/wake-worker.ts';

/** The callback, and by which door WeChat comes to it: the adapter of the platform has to fit. */
export interface CallbackApp
  extends HttpApp,
    Pick<Config, 'pushDoor' | 'pushSources' | 'addressHeader'> {}

/** WeChat waits 5 s for an answer, so an operation of the store that takes longer is given up. */
const HURRIED = { requestTimeoutMs: 1_500, budgetMs: 1_500 };

const callbackSettings = [
  'appid',
  'timestampWindowSeconds',
  'inboxWithoutStore',
  'followerMessagesPerMinute',
  'floodReply',
  'callbackAllowList',
  'addressHeader',
  'domainFiles',
] as const;

/** What a door needs beside them: nothing is signed inside WeChat Cloud, so there is no token. */
const doorSettings = {
  signed: ['pushDoor', 'token', 'mode', 'encodingAesKey'],
  container: ['pushDoor', 'pushPublicAccess'],
  'cloud-function': ['pushDoor', 'pushSources'],
} as const satisfies Record<PushDoorName, readonly SettingName[]>;

/**
 * The callback that WeChat calls, made of the account's handlers.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function callbackApp(account: Account, world: World = systemWorld): CallbackApp {
  const { pushDoor } = loadConfig(world.env, ['pushDoor']);
  const { clock, log, config, values, store, traceOf, finish } = start(
    'callback',
    world,
    // The compiler counts the settings of every door; those of the open one are read.
    [...callbackSettings, ...doorSettings[pushDoor], ...apiSettings, ...wakeSettings],
    account.variables,
  );
  const api = weChatApi(world, config, log);
  const hurried = openStore(world, config, log, HURRIED);
  if (config.callbackAllowList === 'on' && world.tellsNoAddress) {
    throw new AppError(
      'invalid',
      'CALLBACK_ALLOW_LIST is on, but nothing tells this server the address of a caller. Name the header in which your proxy writes it in HTTP_ADDRESS_HEADER, or switch the list off.',
    );
  }
  const jobs = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
  const queue = createMessageQueue(jobs, traceOf);
  const erase = async (openid: string, at: number) => {
    await jobs.enqueue(eraseJob, { openid, at }, { key: `${traceOf(openid)} ${at}` });
  };
  const handle = createReceiver({
    config,
    door: doors[pushDoor](config),
    handle: recordEvents(
      { store, clock, random: world.random, traceOf, erase },
      account.middleware(values),
    ),
    api,
    clock,
    log,
    allowList:
      config.callbackAllowList === 'on'
        ? createAllowList({ store: hurried, clock, log, appid: config.appid })
        : undefined,
    inbox: createInbox({
      store: hurried,
      clock,
      queue,
      traceOf,
      keptMs: keptMs(config.timestampWindowSeconds),
    }),
    queue,
  });
  return {
    ...{ clock, log, finish },
    handle: withDomainFiles(config.domainFiles ?? [], handle),
    ...{ pushDoor, pushSources: config.pushSources, addressHeader: config.addressHeader },
  };
}

const doors: Readonly<
  Record<PushDoorName, (config: SignedDoorConfig & UnsignedDoorConfig) => PushDoor>
> = {
  signed: (config) => new SignedDoor(config),
  container: (config) => new ContainerDoor(config),
  'cloud-function': (config) => new CloudFunctionDoor(config),
};
