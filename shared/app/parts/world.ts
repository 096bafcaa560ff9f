import { randomUUID } from 'node:crypto';
import { database } from '#database';
import type { WakeWorker } from '../../jobs/index.ts';
import { type AccountKeyConfig, findAccountKey } from '../../kernel/account-key.ts';
import type { App, Audit } from '../../kernel/app.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { loadEnvironment } from '../../kernel/config.ts';
import { createLog, type Log } from '../../kernel/log.ts';
import { maskWith } from '../../kernel/mask.ts';
import { createMeter } from '../../kernel/meter.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Config, SettingName } from '../../kernel/settings.ts';
import { createPassingTrace, createTrace, type TraceOf } from '../../kernel/trace.ts';
import type { Values, Variables } from '../../kernel/variable.ts';
import { createFinish, createFlush } from '../../metrics/index.ts';
import { metricTable } from '../../monitoring/metric-table.ts';
import { createBinder } from '../../store/binder.ts';
import { boundStore } from '../../store/bound-store.ts';
import type { DrivenStore } from '../../store/driven-store.ts';
import type { Keyring } from '../../store/keyring.ts';
import type { HeaderToken } from '../../token/index.ts';
import { createAudit } from '../audit.ts';

/** What an app needs from outside its code. Tests bring their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Takes one finished log line. */
  readonly writeLine: (line: string) => void;
  /** From 0 up to 1: spreads waiting instances over time. It is not for secrets. */
  readonly random: () => number;
  /** Resident memory of this process, in bytes. */
  readonly memoryBytes?: () => number;
  /** The request that is being handled, where a process handles many at once. */
  readonly requestId?: () => string | undefined;
  /** The keys of a process that outlives those of its environment. */
  readonly keyring?: Keyring;
  /** What the pushes into a container bring, where the apps of its process call WeChat with that. */
  readonly headerToken?: HeaderToken;
  /** Wakes the worker that runs in this process. */
  readonly wakeHere?: WakeWorker;
  /** Nothing in front of the process tells the addresses of callers. */
  readonly tellsNoAddress?: boolean;
}

export const systemWorld: World = {
  env: process.env,
  clock: systemClock,
  // biome-ignore lint/suspicious/noConsole: the platform collects what goes through the console
  writeLine: (line) => console.log(line),
  random: Math.random,
  memoryBytes: () => process.memoryUsage.rss(),
};

/**
 * The store of an app. What counts only from a holder of the account's key is proved with it; an app
 * without the key has nothing to do with such documents.
 */
export function openStore(
  world: World,
  config: Parameters<typeof database.store>[1] & AccountKeyConfig,
  log: Log,
  pace?: Parameters<typeof database.store>[3],
): DrivenStore {
  const key = findAccountKey(config);
  const store = database.store(world, config, log, pace);
  return key ? boundStore(store, createBinder(key), log) : store;
}

function auditFrom({
  config,
  store,
  clock,
  log,
}: {
  config: AccountKeyConfig;
  store: DrivenStore;
  clock: Clock;
  log: Log;
}): (name: string) => Audit | undefined {
  const key = findAccountKey(config);
  if (!key) return () => undefined;
  const binder = createBinder(key);
  const write = createAudit({ store, binder, now: () => clock.now(), log });
  return (name) => (act) => write({ ...act, action: `${name} ${act.action}` });
}

function traceFrom(config: AccountKeyConfig): TraceOf {
  const key = findAccountKey(config);
  return key ? createTrace(key) : createPassingTrace();
}

/** An app that has been started: what it is put together from. */
export interface Started<Name extends SettingName>
  extends Required<Omit<App, 'audit' | 'invokeSources'>> {
  readonly audit: Audit | undefined;
  /** The audit trail under the name of another function, whose actions an app offers too. */
  readonly auditOf: (name: string) => Audit | undefined;
  readonly config: Pick<Config, Name>;
  readonly values: Values<Variables>;
  readonly store: DrivenStore;
  readonly traceOf: TraceOf;
}

/**
 * Starts an app: reads the settings that it names, those of its log and the variables of an account,
 * and counts what it logs.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function start<const Name extends SettingName>(
  name: string,
  world: World,
  names: readonly Name[],
  variables: Variables = {},
): Started<Name> {
  const { env, clock, writeLine, memoryBytes, requestId } = world;
  const { config, values } = loadEnvironment(
    env,
    [...names, ...database.settings, 'metricsFlushSeconds', 'logLevel', 'logOpenids'],
    variables,
  );
  const traceOf = traceFrom(config as AccountKeyConfig);
  const meter = createMeter(metricTable, () => clock.now());
  const log = createLog(
    {
      write: writeLine,
      now: () => clock.now(),
      level: config.logLevel,
      openids: config.logOpenids,
      traceOf,
      requestId,
      mask: maskWith(Object.values(values).filter((value) => value instanceof Secret)),
      onEvent: (event, fields) => meter.note(event, fields),
    },
    { function: name },
  );
  const store = openStore(world, config, log);
  const flush = createFlush({
    store,
    meter,
    table: metricTable,
    now: () => clock.now(),
    function: name,
    instance: randomUUID(),
  });
  const auditOf = auditFrom({ config: config as AccountKeyConfig, store, clock, log });
  log.debug('instance started');
  return {
    clock,
    log,
    config,
    values,
    store,
    traceOf,
    audit: auditOf(name),
    auditOf,
    finish: createFinish({
      async flush() {
        log.debug('memory measured', { count: memoryBytes?.() ?? 0 });
        await flush();
      },
      everyMs: config.metricsFlushSeconds * 1_000,
      hasStore: database.isLoaded,
      clock,
      log,
    }),
  };
}
