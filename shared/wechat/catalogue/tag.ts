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
  create: write<{ readonly tag: { readonly name: string } }, { readonly tag: Tag } & Done>(
    '/cgi-bin/tags/create',
  ),
  list: read<undefined, { readonly tags: readonly (Tag & { readonly count: number })[] }>(
    '/cgi-bin/tags/get',
  ),
  update: write<{ readonly tag: Tag }>('/cgi-bin/tags/update', { repeat: 'safe' }),
  delete: write<{ readonly tag: { readonly id: number } }>('/cgi-bin/tags/delete', {
    repeat: 'safe',
  }),
  listFollowers: readByPost<TagPageRequest, OpenidPage>('/cgi-bin/user/tag/get'),
  addFollowers: write<TaggingRequest>('/cgi-bin/tags/members/batchtagging', { repeat: 'safe' }),
  removeFollowers: write<TaggingRequest>('/cgi-bin/tags/members/batchuntagging', {
    repeat: 'safe',
  }),
  listOfFollower: readByPost<
    { readonly openid: string },
    { readonly tagid_list: readonly number[] }
  >('/cgi-bin/tags/getidlist'),
} as const;
