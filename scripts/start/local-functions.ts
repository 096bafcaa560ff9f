import type { BuiltFunction } from '../build/build.ts';
import type { FunctionSpec } from '../emulator/scf/spec.ts';
import { readFunctions } from '../project/functions.ts';
import { LOCAL_METRICS_KEY, type LocalAccount, localEnvironment } from './local-account.ts';

/** The functions of serverless.yml with the bundles that were built of them. */
export function localFunctions(
  root: string,
  built: readonly BuiltFunction[],
  env: Readonly<Record<string, string>>,
): readonly FunctionSpec[] {
  return readFunctions(root, env).map((spec) => ({
    ...spec,
    bundle: built.find(({ name }) => name === spec.name)?.file ?? '',
    ...(spec.hasUrl ? { http: { path: `/${spec.name}` } } : {}),
    timers: spec.timers.map(({ name, cron, argument }) => ({
      name,
      cron,
      enabled: true,
      ...(argument === undefined ? {} : { message: argument }),
    })),
  }));
}

/** What a deploy would take from `.env`. */
export function functionEnv(
  account: LocalAccount,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    METRICS_KEY: LOCAL_METRICS_KEY,
    ...env,
    // Both sides must agree on these, whatever a file says.
    WECHAT_APPID: account.appid,
    WECHAT_APPSECRET: account.secret,
    WECHAT_TOKEN: account.token,
    WECHAT_MODE: account.mode,
    WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
    CLOUDBASE_ENV_ID: localEnvironment.envId,
  };
}
