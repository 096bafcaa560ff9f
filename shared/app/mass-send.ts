import { type Book, createBook, createSyncs } from '../followers/index.ts';
import { createJobOperator, createQueue, type Job, type Queue } from '../jobs/index.ts';
import type { App } from '../kernel/app.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/settings.ts';
import {
  createMassSendJob,
  createMassSends,
  type Limits,
  type MassSendJobOptions,
  type MassSends,
} from '../mass-send/index.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { start, systemWorld, type World } from './parts/world.ts';
import { wakeSettings, wakeWorkerOf } from './wake/wake-worker.ts';

export const massSendSettings = [
  'massSendPerDay',
  'massSendPerMonth',
  'massSendGapMinutes',
  'massSendCallsPerDay',
  'massSendQuietHours',
] as const;
type MassSendConfig = Pick<Config, (typeof massSendSettings)[number]>;

export function limitsFrom(config: MassSendConfig): Limits {
  return {
    perDay: config.massSendPerDay,
    perMonth: config.massSendPerMonth,
    gapMinutes: config.massSendGapMinutes,
    callsPerDay: config.massSendCallsPerDay,
    quietHours: config.massSendQuietHours,
  };
}

export interface MassSendOptions {
  readonly api: Api;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly book: Book;
  readonly limits: Limits;
}

export function massSendsOf(options: MassSendOptions): MassSends {
  return createMassSends({
    ...options,
    syncs: createSyncs(options),
    jobs: createJobOperator(options),
  });
}

/** What the worker runs for them. */
export function massSendJobs(options: MassSendJobOptions): readonly Job<'mass-send'>[] {
  return [createMassSendJob(options)];
}

export interface MassSendApp extends App {
  readonly massSends: MassSends;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function massSendApp(world: World = systemWorld): MassSendApp {
  const { clock, log, config, store, finish } = start('mass-send', world, [
    ...apiSettings,
    ...wakeSettings,
    ...massSendSettings,
  ]);
  const queue = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
  const api = weChatApi(world, config, log);
  const book = createBook({ store, random: world.random });
  const limits = limitsFrom(config);
  return { clock, log, finish, massSends: massSendsOf({ api, store, queue, clock, book, limits }) };
}
