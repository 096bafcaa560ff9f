import type { PushAccount, PushMode } from '../emulator/wechat/push/account.ts';

/**
 * The account and the environment that exist on this machine only. They are no secrets: nothing but
 * the emulators, which listen on loopback, accepts them.
 */
export const localAccount = {
  appid: 'wxf0cafe0000000001',
  secret: '00000000000000000000000000000001',
  token: 'localtoken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  originalId: 'gh_f0cafe000001',
} as const;

/** What the local Prometheus sends. */
export const LOCAL_METRICS_KEY = 'local-metrics-key';

export const localEnvironment = {
  envId: 'fuwuhao-local',
  secretId: 'AKIDlocal0000000001',
  secretKey: 'localsecretkey000000000000000001',
} as const;

/** The account that the emulated WeChat knows. */
export type LocalAccount = PushAccount & { readonly secret: string };

/** The local one, or what is known of a real one: both sides of the callback must agree. */
export function accountOf(
  mode: PushMode,
  env: Readonly<Record<string, string>> = {},
): LocalAccount {
  return {
    appid: env.WECHAT_APPID ?? localAccount.appid,
    secret: env.WECHAT_APPSECRET ?? localAccount.secret,
    token: env.WECHAT_TOKEN ?? localAccount.token,
    encodingAesKey: env.WECHAT_ENCODING_AES_KEY ?? localAccount.encodingAesKey,
    originalId: localAccount.originalId,
    mode,
  };
}
