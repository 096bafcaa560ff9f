import {
  createBook,
  createFollowers,
  createForgetTagJob,
  createSyncJobs,
  type Followers,
  type FollowersOptions,
} from '../followers/index.ts';
import { createQueue, type Job } from '../jobs/index.ts';
import type { App } from '../kernel/app.ts';
import { createOutreach, type Outreach } from '../outreach/index.ts';
import { createErase, type Erase } from './erase.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';
import { wakeSettings, wakeWorkerOf } from './wake/wake-worker.ts';

export interface FollowersApp extends App {
  readonly followers: Followers;
  readonly outreach: Outreach;
  readonly erase: Erase;
}

const followersSettings = [...apiSettings, ...wakeSettings, 'invokeSources'] as const;

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function followersApp(
  world: World = systemWorld,
  started: Started<(typeof followersSettings)[number]> = start(
    'followers',
    world,
    followersSettings,
  ),
): FollowersApp {
  const { clock, log, config, store, traceOf, audit, finish } = started;
  const queue = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
  const { random } = world;
  const api = weChatApi(world, config, log);
  const followers = createFollowers({ api, store, queue, clock, random, traceOf });
  const erase = createErase({ store, clock, traceOf, presence: followers.presence });
  const outreach = createOutreach({ api, store, clock, traceOf });
  const { invokeSources } = config;
  return { clock, invokeSources, log, audit, finish, followers, outreach, erase };
}

/** The kinds of jobs that the worker runs for the followers. */
export function followerJobs(
  options: FollowersOptions,
): readonly Job<'followers-sync' | 'followers-page' | 'followers-forget-tag'>[] {
  const book = createBook(options);
  return [...createSyncJobs({ ...options, book }), createForgetTagJob(book)];
}
