import { createAllowList } from '../account/allow-list.ts';
import { compose } from '../account/compose.ts';
import { createInbox } from '../account/inbox.ts';
import { createReceiver } from '../account/receive.ts';
import type { Router } from '../account/router.ts';
import { keptMs } from '../account/timing.ts';
import { createBook, createPresence } from '../followers/index.ts';
import { createQueue } from '../jobs/index.ts';
import type { HttpHandler } from '../kernel/http.ts';
import { apiSettings } from './api-settings.ts';
import { kickSettings, workerKick } from './kick.ts';
import { laterBy } from './messages.ts';
import { noting } from './noting.ts';
import { storeOf } from './store.ts';
import { weChatApi } from './wechat.ts';
import { type App, start, systemWorld, type World } from './world.ts';

/** WeChat waits 5 s, so what the store cannot do soon has to be done without. */
const HURRIED = { requestTimeoutMs: 1_500, budgetMs: 1_500 };

/** What answers HTTP requests. */
export interface HttpApp extends App {
  readonly handle: HttpHandler;
}

/**
 * The callback that WeChat calls, made of the account's handlers.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function callbackApp(account: Router, world: World = systemWorld): HttpApp {
  const { clock, log, config, store, rest } = start('callback', world, [
    'appid',
    'token',
    'mode',
    'encodingAesKey',
    'timestampWindowSeconds',
    'inboxWithoutStore',
    'followerMessagesPerMinute',
    'floodReply',
    'callbackAllowList',
    ...apiSettings,
    ...kickSettings,
  ]);
  const api = weChatApi(world, config, log);
  const hurried = storeOf(world, config, log, HURRIED);
  const queue = createQueue({ store, clock, log, kick: workerKick(world, config) });
  const later = laterBy(queue);
  const book = createBook({ store, random: world.random });
  const presence = createPresence({ book, store, clock });
  const handle = createReceiver({
    config,
    handle: compose([noting({ presence, store, clock }), account.middleware()]),
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
      later,
      keptMs: keptMs(config.timestampWindowSeconds),
    }),
    later,
  });
  return { clock, log, rest, handle };
}
