import type { Middleware } from '../account/compose.ts';
import type { Context } from '../account/context.ts';
import {
  createFollowers,
  createForgetTagJob,
  createSyncJobs,
  type Followers,
  type FollowersOptions,
} from '../followers/index.ts';
import { createQueue, type Job } from '../jobs/index.ts';
import { withinTime } from '../store/limit.ts';
import { kickSettings, workerKick } from './kick.ts';
import { apiSettings, storeOf, weChatApi } from './wechat.ts';
import { type App, start, systemWorld, type World } from './world.ts';

/** What the handlers of a follower who comes or goes wait for at most. */
const NOTE_LIMIT_MS = 1_500;

export interface FollowersApp extends App {
  readonly followers: Followers;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function followersApp(world: World = systemWorld): FollowersApp {
  const { clock, log, config } = start('followers', world, [...apiSettings, ...kickSettings]);
  const store = storeOf(world, config, log);
  const queue = createQueue({ store, clock, log, kick: workerKick(world, config) });
  const { random } = world;
  const api = weChatApi(world, config, log);
  return { clock, log, followers: createFollowers({ api, store, queue, clock, random }) };
}

/** What the worker runs for them. */
export function followerJobs(options: FollowersOptions): readonly Job[] {
  const { book } = createFollowers(options);
  return [...createSyncJobs({ ...options, book }), createForgetTagJob(book)];
}

/**
 * Notes who comes and who goes before the account's own handlers run. Any other message passes by;
 * and a store that fails or is slow keeps nobody from being greeted: the next sync puts it right.
 */
export function notingFollowers({ presence }: Pick<Followers, 'presence'>, { clock }: App) {
  const middleware: Middleware<Context> = async ({ message, log }, next) => {
    const note = noteOf(message);
    if (note) {
      try {
        await withinTime(clock, NOTE_LIMIT_MS, () => note);
      } catch (error) {
        log.error('follower not noted', { error });
      }
    }
    await next();
  };
  return middleware;

  function noteOf(message: Context['message']): Promise<void> | undefined {
    if (message.type !== 'event') return undefined;
    if (message.event === 'subscribe') return presence.came(message.openid, message.createdAt);
    if (message.event === 'unsubscribe') return presence.left(message.openid, message.createdAt);
    return undefined;
  }
}
