import { contentErrorTexts } from './content.ts';
import { followerErrorTexts } from './followers.ts';
import { serviceErrorTexts } from './services.ts';

/**
 * WeChat's own words, its spelling included. For 40101, 40243, 50007 and 76001 to 76004 only the
 * meaning is documented, and the words are ours.
 */
export const errorTexts = {
  ...contentErrorTexts,
  ...followerErrorTexts,
  ...serviceErrorTexts,
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40066: 'invalid url',
  40097: 'invalid args',
  40101: 'missing parameter',
  40125: 'invalid appsecret',
  40164: 'invalid ip, not in whitelist',
  40201: 'invalid check url',
  40202: 'invalid check action',
  40203: 'invalid check operator',
  40243: 'appsecret is frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  48006: 'forbid to clear quota because of reaching the limit',
  50004: 'user not allow to use accesstoken, maybe for punishment',
  50007: 'account is frozen',
  61004: 'access clientip is not registered',
  76001: 'rid not found',
  76002: 'rid is error',
  76003: 'could not use this cgi_path',
  76004: 'rid timeout, please check',
  76021: 'cgi_path not found, please check',
  76022: 'could not use this cgi_path，no permission',
  89503: '此次调用需要管理员确认，请耐心等候',
} as const;

export type Errcode = keyof typeof errorTexts;

/** WeChat advises so wherever a token of the classic endpoint may be the cause. */
export const STABLE_TOKEN_HINT =
  'could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r';

/** A call that WeChat refuses; the server turns it into `{errcode, errmsg}` with the rid behind. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly errcode: number;
  /** What a few refusals tell beside the code. */
  readonly details: object;

  constructor(errcode: Errcode, text: string = errorTexts[errcode], details: object = {}) {
    super(text);
    this.errcode = errcode;
    this.details = details;
  }
}

/** The text of any code, as far as the emulator knows it. */
export function textOf(errcode: number): string {
  const texts: Readonly<Record<number, string>> = errorTexts;
  return texts[errcode] ?? 'emulated error';
}
