import { compose } from '../account/compose.ts';
import { createReceiver } from '../account/receive.ts';
import type { Router } from '../account/router.ts';
import { createBook, createPresence } from '../followers/index.ts';
import { createQueue } from '../jobs/index.ts';
import type { HttpHandler } from '../kernel/http.ts';
import { kickSettings, workerKick } from './kick.ts';
import { laterBy } from './messages.ts';
import { notingFollowers } from './noting-followers.ts';
import { apiSettings, weChatApi } from './wechat.ts';
import { type App, start, systemWorld, type World } from './world.ts';

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
    ...apiSettings,
    ...kickSettings,
  ]);
  const api = weChatApi(world, config, log);
  const queue = createQueue({ store, clock, log, kick: workerKick(world, config) });
  const book = createBook({ store, random: world.random });
  const presence = createPresence({ book, store, clock });
  const handle = createReceiver({
    config,
    handle: compose([notingFollowers(presence, clock), account.middleware()]),
    api,
    clock,
    log,
    later: laterBy(queue),
  });
  return { clock, log, rest, handle };
}
