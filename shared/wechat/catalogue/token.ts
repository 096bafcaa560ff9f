import { write, writeByGet } from './endpoint.ts';

export interface TokenRequest {
  readonly grant_type: 'client_credential';
  readonly appid: string;
  readonly secret: string;
}

export interface StableTokenRequest extends TokenRequest {
  /** Kills the old token at once; 20 a day, 30 s apart. */
  readonly force_refresh?: boolean;
}

export interface TokenResponse {
  readonly access_token: string;
  /** In seconds. */
  readonly expires_in: number;
}

export const token = {
  /**
   * Each call issues a new token; the one before lives for about five more minutes.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken.html
   */
  get: writeByGet<TokenRequest, TokenResponse>('/cgi-bin/token', {
    auth: 'secret',
    quota: { day: 2_000, testDay: 200 },
  }),
  /**
   * Hands out the same token until five minutes before its end.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html
   */
  getStable: write<StableTokenRequest, TokenResponse>('/cgi-bin/stable_token', {
    auth: 'secret',
    repeat: 'safe',
    quota: { day: 500_000, minute: 10_000 },
  }),
} as const;
