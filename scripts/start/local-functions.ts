import { present } from '../../shared/kernel/present.ts';
import type { BuiltFunction } from '../build/build.ts';
import type { FunctionSpec } from '../emulator/scf/spec.ts';
import { readFunctions } from '../project/functions.ts';
import { LOCAL_ENV_ID, type LocalAccount } from './local-account.ts';
import type { LocalKeys } from './local-keys.ts';
import type { OwnVariables } from './own-variables.ts';

/**
 * By `cron` timers fire as they do when deployed. By `hand` they fire when told to and never else: a
 * test that fires one would otherwise meet a second worker whenever a minute begins meanwhile.
 */
export type TimerMode = 'cron' | 'hand';

/** The functions of serverless.yml with the bundles that were built of them. */
export function localFunctions(options: {
  readonly root: string;
  readonly built: readonly BuiltFunction[];
  readonly env: Readonly<Record<string, string>>;
  readonly own: OwnVariables;
  readonly timers: TimerMode;
  /** Requests at a time in one instance of those that have a server; else as serverless.yml has it. */
  readonly concurrency?: number | undefined;
  /** Where a debugger may attach to the callback. */
  readonly inspectPort?: number | undefined;
}): readonly FunctionSpec[] {
  const { root, built, env, own, timers } = options;
  return readFunctions(root, env).map(({ concurrency: deployed, ...spec }) => {
    const bundle = built.find(({ name }) => name === spec.name);
    const concurrency = bundle?.server && (options.concurrency ?? deployed);
    return {
      ...spec,
      environment: { ...spec.environment, ...own.of(spec.name) },
      bundle: bundle?.file ?? '',
      ...(spec.hasUrl ? { http: { path: `/${spec.name}` } } : {}),
      ...(concurrency === undefined ? {} : { httpFunction: { concurrency } }),
      ...(spec.name === 'callback' ? inspected(options.inspectPort) : {}),
      timers: spec.timers.map(({ name, cron, argument, isEnabled }) => ({
        name,
        cron,
        enabled: timers === 'cron' && isEnabled,
        ...present({ message: argument }),
      })),
    };
  });
}

/** Whoever looks at a handler takes his time. */
const INSPECTED_SECONDS = 3_600;

/** One process that takes every message, so that the debugger is attached to the right one. */
function inspected(inspectPort: number | undefined) {
  if (inspectPort === undefined) return {};
  const httpFunction = { concurrency: 50 };
  return { inspectPort, httpFunction, timeoutSeconds: INSPECTED_SECONDS };
}

/** What a deploy would take from `.env`. */
export function functionEnv(
  account: LocalAccount,
  keys: Pick<LocalKeys, 'metricsKey'>,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    METRICS_KEY: keys.metricsKey,
    ...env,
    // Both sides must agree on these, whatever a file says.
    WECHAT_APPID: account.appid,
    WECHAT_APPSECRET: account.secret,
    WECHAT_TOKEN: account.token,
    WECHAT_MODE: account.mode,
    WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
    CLOUDBASE_ENV_ID: LOCAL_ENV_ID,
  };
}
