import { createBook, createSyncs } from '../followers/index.ts';
import { createJobOperator, createQueue } from '../jobs/index.ts';
import type { App } from '../kernel/app.ts';
import type { Config } from '../kernel/settings.ts';
import {
  createMassSends,
  type Limits,
  type MassSends,
  type MassSendsOptions,
} from '../mass-send/index.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';
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

export function massSendsOf(options: Omit<MassSendsOptions, 'syncs' | 'jobs'>): MassSends {
  return createMassSends({
    ...options,
    syncs: createSyncs(options),
    jobs: createJobOperator(options),
  });
}

export interface MassSendApp extends App {
  readonly massSends: MassSends;
}

const ownSettings = [
  ...apiSettings,
  ...wakeSettings,
  ...massSendSettings,
  'invokeSources',
] as const;

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function massSendApp(
  world: World = systemWorld,
  started: Started<(typeof ownSettings)[number]> = start('mass-send', world, ownSettings),
): MassSendApp {
  const { clock, log, config, store, audit, finish } = started;
  const queue = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
  const api = weChatApi(world, config, log);
  const book = createBook({ store, random: world.random });
  const limits = limitsFrom(config);
  return {
    clock,
    log,
    audit,
    finish,
    invokeSources: config.invokeSources,
    massSends: massSendsOf({ api, store, queue, clock, book, limits }),
  };
}
