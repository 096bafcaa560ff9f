import { Secret } from '../kernel/secret.ts';

/** In which field WeChat takes the tokens that WeChat Cloud makes. */
export const CLOUD_TOKEN_FIELD = 'cloudbase_access_token';

/** Anything else is no token. */
const TOKEN = /^[\x21-\x7e]{16,4096}$/;

/** A token out of a file or a header, if that is one. */
export function cloudToken(text: string | undefined): Secret | undefined {
  return text !== undefined && TOKEN.test(text) ? new Secret(text) : undefined;
}

/** What errcodes mean where WeChat Cloud gives the token, and what an operator can do. */

const CONSOLE =
  'the console of WeChat Cloud Run (微信云托管 → 设置 → 云调用: 开放接口服务, 微信令牌权限配置)';
const SWITCH_ON = `The platform has not added the account to this call. Switch its open-interface service on in ${CONSOLE}, deploy the service anew, and see that WECHAT_API_BASE_URL begins with http://.`;
const ALLOW = `Allow the path of this call in ${CONSOLE}.`;
const NOT_HERE =
  'Inside WeChat Cloud no IP whitelist applies, so this call has taken another way: see whether the function really runs there, or set TOKEN_SOURCE=document.';

export const relayAdvice: Readonly<Record<number, string>> = {
  40001: 'The relay of WeChat Cloud has sent a token that WeChat refuses; it renews it by itself.',
  40014: SWITCH_ON,
  40164: NOT_HERE,
  41001: SWITCH_ON,
  42001: 'The relay of WeChat Cloud has sent a token that has ended; it renews it by itself.',
  48001: ALLOW,
};

export const cloudTokenAdvice: Readonly<Record<number, string>> = {
  40001:
    'WeChat refuses the token that WeChat Cloud has given, and there is no other yet: the platform replaces it every 10 minutes.',
  40014: 'What WeChat Cloud has given is no token to WeChat: see TOKEN_SOURCE and TOKEN_FILE.',
  40164: NOT_HERE,
  42001:
    'The token that WeChat Cloud has given has ended, and there is no other yet: see whether the platform still replaces it.',
  48001: ALLOW,
};
