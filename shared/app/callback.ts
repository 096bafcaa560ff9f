import type { Account } from '../account/router.ts';
import { createAllowList } from '../callback/allow-list.ts';
import { withDomainFiles } from '../callback/domain-files.ts';
import { createTurns } from '../callback/follower-turn.ts';
import { createInbox } from '../callback/inbox.ts';
import { createMessageQueue } from '../callback/message-queue.ts';
import { withSlowProbe } from '../callback/probe.ts';
import type { PushDoor, PushDoorName } from '../callback/push-door.ts';
import { createReceiver } from '../callback/receive.ts';
import { SendRight } from '../callback/send-right.ts';
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
import { whenDone } from '../kernel/eventual.ts';
import { present } from '../kernel/present.ts';
import type { Config, SettingName } from '../kernel/settings.ts';
import { HeaderToken } from '../token/header-token.ts';
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
  'whileAskedAgain',
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
  const headerToken = headerTokenOf(world, config);
  const api = weChatApi({ ...world, ...present({ headerToken }) }, config, log);
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
    door: noting(doors[pushDoor](config), headerToken),
    handle: recordEvents(
      { store, clock, random: world.random, traceOf, erase },
      withSlowProbe(clock, account.middleware(values)),
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
      right: new SendRight({ store: hurried, clock, log, appid: config.appid }),
      traceOf,
      keptMs: keptMs(config.timestampWindowSeconds),
    }),
    queue,
    openTurn: createTurns({ store: hurried, clock, queue, traceOf }),
    documents: hurried,
  });
  return {
    ...{ clock, log, finish },
    handle: withDomainFiles(config.domainFiles ?? [], handle),
    ...{ pushDoor, pushSources: config.pushSources, addressHeader: config.addressHeader },
  };
}

/** @throws AppError `invalid` for a door through which no token comes */
function headerTokenOf(
  { headerToken }: World,
  { tokenSource, pushDoor, appid }: Pick<Config, 'tokenSource' | 'pushDoor' | 'appid'>,
): HeaderToken | undefined {
  if (tokenSource !== 'header') return undefined;
  if (pushDoor === 'container') return headerToken ?? new HeaderToken(appid);
  throw new AppError(
    'invalid',
    `TOKEN_SOURCE is header, but PUSH_DOOR is ${pushDoor}, and only pushes into a container bring a token.`,
  );
}

/** The same door, which keeps the token of each push that it lets in. */
function noting(door: PushDoor, token: HeaderToken | undefined): PushDoor {
  if (!token) return door;
  const open: PushDoor['open'] = (request, now) =>
    whenDone(door.open(request, now), (push) => {
      token.note(request.headers);
      return push;
    });
  return {
    open,
    check: (...args) => door.check(...args),
    seal: (...args) => door.seal(...args),
  };
}

const doors: Readonly<
  Record<PushDoorName, (config: SignedDoorConfig & UnsignedDoorConfig) => PushDoor>
> = {
  signed: (config) => new SignedDoor(config),
  container: (config) => new ContainerDoor(config),
  'cloud-function': (config) => new CloudFunctionDoor(config),
};
