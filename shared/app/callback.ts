import { createReceiver } from '../account/receive.ts';
import type { Router } from '../account/router.ts';
import type { HttpHandler } from '../kernel/http.ts';
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
  const { clock, log, config } = start('callback', world, [
    'appid',
    'token',
    'mode',
    'encodingAesKey',
    'timestampWindowSeconds',
    ...apiSettings,
  ]);
  const api = weChatApi(world, config, log);
  const handle = createReceiver({ config, handle: account.middleware(), api, clock, log });
  return { clock, log, handle };
}
