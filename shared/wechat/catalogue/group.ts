import { type Done, type Endpoint, read, readByPost, retired, write } from './endpoint.ts';

export interface Group {
  readonly id: number;
  readonly name: string;
}

function gone<Request, Response>(endpoint: Endpoint<Request, Response>, replacedBy: string) {
  const unlisted = { ...endpoint, unlisted: true } as const;
  return retired(unlisted, 'groups gave way to tags', [replacedBy], { stillAnswers: true });
}

export const group = {
  /**
   * A group, before tags took their place.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  create: gone(
    write<{ readonly group: { readonly name: string } }, { readonly group: Group } & Done>(
      '/cgi-bin/groups/create',
    ),
    'tag.create',
  ),
  /**
   * The groups.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  list: gone(
    read<undefined, { readonly groups: readonly (Group & { readonly count: number })[] }>(
      '/cgi-bin/groups/get',
    ),
    'tag.list',
  ),
  /**
   * The group of a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getOfFollower: gone(
    readByPost<{ readonly openid: string }, { readonly groupid: number }>('/cgi-bin/groups/getid'),
    'tag.listOfFollower',
  ),
  /**
   * Gives a group another name.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  update: gone(
    write<{ readonly group: Group }>('/cgi-bin/groups/update', { repeat: 'safe' }),
    'tag.update',
  ),
  /**
   * Moves a follower to a group.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  moveFollower: gone(
    write<{ readonly openid: string; readonly to_groupid: number }>(
      '/cgi-bin/groups/members/update',
      { repeat: 'safe' },
    ),
    'tag.addFollowers',
  ),
  /**
   * Moves followers to a group.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  moveFollowers: gone(
    write<{ readonly openid_list: readonly string[]; readonly to_groupid: number }>(
      '/cgi-bin/groups/members/batchupdate',
      { repeat: 'safe' },
    ),
    'tag.addFollowers',
  ),
  /**
   * Deletes a group.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  delete: gone(
    write<{ readonly group: { readonly id: number } }>('/cgi-bin/groups/delete', {
      repeat: 'safe',
    }),
    'tag.delete',
  ),
} as const;
