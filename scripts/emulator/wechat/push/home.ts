/** Where WeChat pushes to: a server of the account, or a container or a cloud function of WeChat Cloud. */
export const pushHomes = ['server', 'wechat-container', 'wechat-function'] as const;
export type PushHome = (typeof pushHomes)[number];
