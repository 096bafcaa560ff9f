import { type Done, page, read, writeByGet } from './endpoint.ts';
import type { Language } from './user.ts';

/** The fields must stand in this order, with `#wechat_redirect` behind. */
export interface AuthorizePage {
  readonly appid: string;
  readonly redirect_uri: string;
  readonly response_type: 'code';
  readonly scope: 'snsapi_base' | 'snsapi_userinfo';
  /** Letters and digits, at most 128 bytes. */
  readonly state?: string;
}

export interface CodeRequest {
  readonly appid: string;
  readonly secret: string;
  /** Good once, for five minutes. */
  readonly code: string;
  readonly grant_type: 'authorization_code';
}

export interface RefreshRequest {
  readonly appid: string;
  readonly grant_type: 'refresh_token';
  /** Good for 30 days. */
  readonly refresh_token: string;
}

export interface UserTokenResponse {
  readonly access_token: string;
  /** In seconds. */
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly openid: string;
  readonly scope: string;
  /** 1 when the page was opened as a snapshot, by a visitor who is not a real user. */
  readonly is_snapshotuser?: 1;
  readonly unionid?: string;
}

export interface UserTokenRequest {
  readonly access_token: string;
  readonly openid: string;
}

export interface UserInfoRequest extends UserTokenRequest {
  readonly lang?: Language;
}

export interface UserInfo {
  readonly openid: string;
  readonly nickname: string;
  readonly headimgurl: string;
  /** Says nothing since 2021, as do the three that follow. WeChat's samples have it as text too. */
  readonly sex: number | string;
  readonly province: string;
  readonly city: string;
  readonly country: string;
  readonly privilege: readonly string[];
  readonly unionid?: string;
}

/** 50 000 a minute for each, without a daily limit. */
const quota = { minute: 50_000 };

export const oauth = {
  /**
   * The page on which a visitor lets the account know who they are.
   *
   * @see https://developers.weixin.qq.com/doc/service/guide/h5/auth.html
   */
  authorize: page<AuthorizePage>('/connect/oauth2/authorize', 'open.weixin.qq.com'),
  /**
   * The visitor's openid and token, by the code that their browser brought.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken.html
   */
  getAccessToken: writeByGet<CodeRequest, UserTokenResponse>('/sns/oauth2/access_token', {
    auth: 'secret',
    quota,
  }),
  /**
   * A new token for a visitor.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsrefreshtoken.html
   */
  refreshAccessToken: writeByGet<RefreshRequest, UserTokenResponse>('/sns/oauth2/refresh_token', {
    auth: 'user',
    repeat: 'safe',
    quota,
  }),
  /**
   * Name and picture of a visitor who has agreed to that.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsuserinfo.html
   */
  getUserInfo: read<UserInfoRequest, UserInfo>('/sns/userinfo', { auth: 'user', quota }),
  /**
   * Whether the token of a visitor is still good.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsauth.html
   */
  checkAccessToken: read<UserTokenRequest, Done>('/sns/auth', { auth: 'user', quota }),
} as const;
