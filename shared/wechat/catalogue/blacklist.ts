import { readByPost, write } from './endpoint.ts';
import type { OpenidPage } from './user.ts';

export interface BlacklistRequest {
  /** At most 20. */
  readonly openid_list: readonly string[];
}

export const blacklist = {
  /** 1000 a page. */
  list: readByPost<{ readonly begin_openid?: string }, OpenidPage>(
    '/cgi-bin/tags/members/getblacklist',
  ),
  add: write<BlacklistRequest>('/cgi-bin/tags/members/batchblacklist', { repeat: 'safe' }),
  remove: write<BlacklistRequest>('/cgi-bin/tags/members/batchunblacklist', { repeat: 'safe' }),
} as const;
