import type { CallbackApp } from '../app/callback.ts';
import type { World } from '../app/parts/world.ts';
import type { WorkerApp } from '../app/worker.ts';
import type { HttpApp } from '../kernel/app.ts';
import { loadConfig } from '../kernel/config.ts';
import { HeaderToken } from '../token/header-token.ts';
import { callbackServer } from './callback-door.ts';
import { type Invokable, withOperators } from './operators-door.ts';
import { WorkerHere } from './worker-here.ts';

/** What a container holds: the callback, and what is loaded when it is first needed. */
export interface ContainerParts {
  readonly callback: (world: World) => CallbackApp;
  readonly worker: (world: World) => Promise<WorkerApp>;
  /** By their names. */
  readonly functions: (world: World) => Promise<Readonly<Record<string, Invokable>>>;
}

/**
 * The callback as a server. In a container, which goes on between requests and may have no functions
 * beside it, it holds the worker too, and what an operator invokes: so nothing but the container needs
 * to reach WeChat.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the process must not start.
 */
export function containerApp(world: World, parts: ContainerParts): HttpApp {
  const { env, clock } = world;
  if (env.TENCENTCLOUD_RUNENV === 'SCF') return callbackServer(parts.callback(world), env);

  const { pushDoor, workerWake, invokeKey, appid, tokenSource } = loadConfig(env, [
    'pushDoor',
    'workerWake',
    'invokeKey',
    'appid',
    'tokenSource',
  ]);
  const isWorkerHere = workerWake === 'here' || (!workerWake && pushDoor === 'container');
  const inside: World = {
    ...world,
    ...(tokenSource === 'header' ? { headerToken: new HeaderToken(appid) } : {}),
    ...(isWorkerHere ? { wakeHere: async () => worker.wake() } : {}),
  };
  const app = callbackServer(parts.callback(inside), env);
  const { log } = app;
  const worker = new WorkerHere({ open: () => parts.worker(inside), clock, log });
  return {
    ...app,
    ...(isWorkerHere ? { background: worker } : {}),
    handle: withOperators(app.handle, {
      key: invokeKey,
      open: () => parts.functions(inside),
      log,
    }),
  };
}
