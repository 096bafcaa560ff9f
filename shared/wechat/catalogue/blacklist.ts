import { readByPost, write } from './endpoint.ts';
import type { OpenidPage } from './user.ts';

export interface BlacklistRequest {
  /** At most 20. */
  readonly openid_list: readonly string[];
}

export const blacklist = {
  /**
   * The blocked followers, 1000 a page.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_getblacklist.html
   */
  list: readByPost<{ readonly begin_openid?: string }, OpenidPage>(
    '/cgi-bin/tags/members/getblacklist',
  ),
  /**
   * Blocks up to 20 followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchblacklist.html
   */
  add: write<BlacklistRequest>('/cgi-bin/tags/members/batchblacklist', { repeat: 'safe' }),
  /**
   * Unblocks up to 20 followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchunblacklist.html
   */
  remove: write<BlacklistRequest>('/cgi-bin/tags/members/batchunblacklist', { repeat: 'safe' }),
} as const;
