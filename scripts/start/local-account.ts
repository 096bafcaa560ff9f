import type { PushAccount, PushMode } from '../emulator/wechat/push/account.ts';
import type { LocalKeys } from './local-keys.ts';

/** The account that exists on this machine only. */
export const localAccount = {
  appid: 'wxf0cafe0000000001',
  originalId: 'gh_f0cafe000001',
} as const;

/** The environment that exists on this machine only. */
export const LOCAL_ENV_ID = 'fuwuhao-local';

/** An environment with its key. */
export interface LocalEnvironment {
  readonly envId: string;
  readonly secretId: string;
  readonly secretKey: string;
}

/** The account that the emulated WeChat knows. */
export type LocalAccount = PushAccount & { readonly secret: string };

/** The local one, or what is known of a real one: both sides of the callback must agree. */
export function accountOf(
  mode: PushMode,
  keys: LocalKeys,
  env: Readonly<Record<string, string>> = {},
): LocalAccount {
  return {
    appid: env.WECHAT_APPID ?? localAccount.appid,
    secret: env.WECHAT_APPSECRET ?? keys.secret,
    token: env.WECHAT_TOKEN ?? keys.token,
    encodingAesKey: env.WECHAT_ENCODING_AES_KEY ?? keys.encodingAesKey,
    originalId: localAccount.originalId,
    mode,
  };
}
