import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import { Secret } from '../kernel/secret.ts';
import type { Api } from './client/index.ts';

/** `snsapi_base` gives the openid without asking; `snsapi_userinfo` asks for nickname and picture. */
export type LoginScope = 'snsapi_base' | 'snsapi_userinfo';

/** A visitor who has logged in. The tokens are the visitor's own, not the account's access_token. */
export interface WebLogin {
  readonly openid: string;
  readonly unionid?: string;
  readonly scopes: readonly string[];
  readonly accessToken: Secret;
  readonly refreshToken: Secret;
  readonly expiresInSeconds: number;
  /** The page was opened as a snapshot: this is not a real visitor. */
  readonly isSnapshot: boolean;
}

/**
 * The address to which the browser is sent, so that WeChat sends it back with a code. `state` comes back as it is:
 * keep it in the visitor's session and compare, or an attacker can log a visitor in as themselves.
 * https://developers.weixin.qq.com/doc/service/guide/h5/auth.html
 *
 * @throws AppError `invalid` for a state that WeChat does not take.
 */
export function loginUrl(options: {
  readonly appid: string;
  readonly redirectUri: string;
  readonly scope: LoginScope;
  readonly state: string;
}): string {
  const { appid, redirectUri, scope, state } = options;
  if (!/^[a-zA-Z0-9]{1,128}$/.test(state)) {
    throw new AppError('invalid', 'The state must be 1 to 128 letters or digits.');
  }
  // WeChat wants the parameters in this order.
  return `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${appid}&redirect_uri=${encodeURIComponent(redirectUri)}&response_type=code&scope=${scope}&state=${state}#wechat_redirect`;
}

/**
 * Takes the code out of the query with which the browser came back.
 *
 * @throws AppError `unauthorized` if the visitor did not agree, or if it is not their own state.
 */
export function readLoginCode(
  query: Readonly<Record<string, string | undefined>>,
  expectedState: string,
): string {
  if (!new Secret(expectedState).equals(query.state ?? '')) {
    throw new AppError('unauthorized', 'The state is not the one of this visitor: start again.');
  }
  if (!query.code) throw new AppError('unauthorized', 'The visitor did not agree to log in.');
  return query.code;
}

/**
 * Exchanges the code, which is good once, for the visitor who logged in.
 *
 * @param account its AppSecret is a text, or a `variable.secret` as `ctx.env` gives it
 * @throws WeChatError of class `oauth` for a code that is wrong, used or too old: start again.
 */
export async function finishLogin(
  api: Api,
  account: { readonly appid: string; readonly appsecret: Secret | string },
  code: string,
): Promise<WebLogin> {
  const { appsecret } = account;
  const answer = await api.oauth.getAccessToken({
    appid: account.appid,
    secret: typeof appsecret === 'string' ? appsecret : appsecret.reveal(),
    code,
    grant_type: 'authorization_code',
  });
  return {
    openid: answer.openid,
    ...present({ unionid: answer.unionid }),
    scopes: answer.scope.split(','),
    accessToken: new Secret(answer.access_token),
    refreshToken: new Secret(answer.refresh_token),
    expiresInSeconds: answer.expires_in,
    isSnapshot: answer.is_snapshotuser === 1,
  };
}
