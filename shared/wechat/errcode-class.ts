/** What a failed call means for its caller. */
export const errcodeClasses = [
  // Passes by itself.
  'transient',
  // The access_token is no longer good; another one is.
  'token_stale',
  // An operator must change something in the console or in our configuration.
  'configuration',
  // An allowance is used up.
  'quota',
  // This follower cannot be written to now.
  'unreachable',
  // The request is wrong.
  'caller',
  // The work was done before; nothing is left to do.
  'done',
  // The follower must go through web login again.
  'oauth',
] as const;
export type ErrcodeClass = (typeof errcodeClasses)[number];

/** What is known of an errcode. */
export interface Errcode {
  readonly class: ErrcodeClass;
  readonly meaning: string;
  readonly advice: string;
  /** A repeat makes no sense before this. */
  readonly waitMs?: number;
}

/** Where an administrator finds the AppID, the AppSecret and the IP whitelist; no API leads there. */
export const KEYS_PAGE = 'https://developers.weixin.qq.com/platform (我的业务 → 服务号 → 开发密钥)';
