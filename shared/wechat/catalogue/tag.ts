import { type Done, read, readByPost, write } from './endpoint.ts';
import type { OpenidPage } from './user.ts';

export interface Tag {
  readonly id: number;
  readonly name: string;
}

export interface TagPageRequest {
  readonly tagid: number;
  readonly next_openid?: string;
}

export interface TaggingRequest {
  /** At most 50. */
  readonly openid_list: readonly string[];
  readonly tagid: number;
}

export const tag = {
  /**
   * A tag; an account has up to 100.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_createtag.html
   */
  create: write<{ readonly tag: { readonly name: string } }, { readonly tag: Tag } & Done>(
    '/cgi-bin/tags/create',
  ),
  /**
   * The tags of the account, with how many followers each has.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettags.html
   */
  list: read<undefined, { readonly tags: readonly (Tag & { readonly count: number })[] }>(
    '/cgi-bin/tags/get',
  ),
  /**
   * Gives a tag another name.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_updatetag.html
   */
  update: write<{ readonly tag: Tag }>('/cgi-bin/tags/update', { repeat: 'safe' }),
  /**
   * Deletes a tag, and takes it from all followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_deletetag.html
   */
  delete: write<{ readonly tag: { readonly id: number } }>('/cgi-bin/tags/delete', {
    repeat: 'safe',
  }),
  /**
   * The followers with a tag, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettagfans.html
   */
  listFollowers: readByPost<TagPageRequest, OpenidPage>('/cgi-bin/user/tag/get'),
  /**
   * Gives a tag to up to 50 followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging.html
   */
  addFollowers: write<TaggingRequest>('/cgi-bin/tags/members/batchtagging', { repeat: 'safe' }),
  /**
   * Takes a tag from up to 50 followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchuntagging.html
   */
  removeFollowers: write<TaggingRequest>('/cgi-bin/tags/members/batchuntagging', {
    repeat: 'safe',
  }),
  /**
   * The tags of a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettagidlist.html
   */
  listOfFollower: readByPost<
    { readonly openid: string },
    { readonly tagid_list: readonly number[] }
  >('/cgi-bin/tags/getidlist'),
} as const;
