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
  create: gone(
    write<{ readonly group: { readonly name: string } }, { readonly group: Group } & Done>(
      '/cgi-bin/groups/create',
    ),
    'tag.create',
  ),
  list: gone(
    read<undefined, { readonly groups: readonly (Group & { readonly count: number })[] }>(
      '/cgi-bin/groups/get',
    ),
    'tag.list',
  ),
  getOfFollower: gone(
    readByPost<{ readonly openid: string }, { readonly groupid: number }>('/cgi-bin/groups/getid'),
    'tag.listOfFollower',
  ),
  update: gone(
    write<{ readonly group: Group }>('/cgi-bin/groups/update', { repeat: 'safe' }),
    'tag.update',
  ),
  moveFollower: gone(
    write<{ readonly openid: string; readonly to_groupid: number }>(
      '/cgi-bin/groups/members/update',
      { repeat: 'safe' },
    ),
    'tag.addFollowers',
  ),
  moveFollowers: gone(
    write<{ readonly openid_list: readonly string[]; readonly to_groupid: number }>(
      '/cgi-bin/groups/members/batchupdate',
      { repeat: 'safe' },
    ),
    'tag.addFollowers',
  ),
  delete: gone(
    write<{ readonly group: { readonly id: number } }>('/cgi-bin/groups/delete', {
      repeat: 'safe',
    }),
    'tag.delete',
  ),
} as const;
