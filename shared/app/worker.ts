import type { Router } from '../account/router.ts';
import { createDesk, createQueue, createWorker, type Desk, type Report } from '../jobs/index.ts';
import { followerJobs } from './followers.ts';
import { kickSettings, workerKick } from './kick.ts';
import { createMessageJob, judge } from './messages.ts';
import { apiSettings, weChatApi } from './wechat.ts';
import { type App, start, systemWorld, type World } from './world.ts';

/** For who does not say how much time there is. */
const SHORT_SHIFT_MS = 20_000;

export interface WorkerApp extends App {
  readonly desk: Desk;
  /** Runs due jobs until there are none, or until `untilMs` (default: 20 s from now) is near. */
  readonly work: (untilMs?: number) => Promise<Report>;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function workerApp(account: Router, world: World = systemWorld): WorkerApp {
  const { clock, log, config, store, rest } = start('worker', world, [
    ...apiSettings,
    ...kickSettings,
  ]);
  const queue = createQueue({ store, clock, log, kick: workerKick(world, config) });
  const api = weChatApi(world, config, log);
  const { random } = world;
  const worker = createWorker({
    store,
    jobs: [
      createMessageJob({ handle: account.middleware(), api, clock }),
      ...followerJobs({ api, store, queue, clock, random }),
    ],
    clock,
    random,
    log,
    judge,
  });
  return {
    clock,
    log,
    rest,
    desk: createDesk({ store, clock, queue }),
    work: (untilMs = clock.now() + SHORT_SHIFT_MS) => worker.work({ untilMs }),
  };
}
