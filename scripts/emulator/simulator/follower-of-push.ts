import type { PushMessage } from '../wechat/push/messages.ts';

/** Whom a push is about: news of personal data come from a service of WeChat and name the follower. */
export function followerOf(said: PushMessage): string {
  const { OpenID: named } = said as { readonly OpenID?: string };
  return said.type === 'event' && named !== undefined ? named : said.openid;
}
