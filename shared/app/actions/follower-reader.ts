import { requests } from '../../followers/requests.ts';
import { action } from '../../kernel/action.ts';
import type { FollowersApp } from '../followers.ts';

/**
 * What names followers: for the page alone, whose answers are sealed. The result of an invocation would
 * stand in the log of SCF.
 */
export const followerReaderActions = {
  search: action(requests.search, (wanted, { followers }: FollowersApp) =>
    followers.search(wanted),
  ),
  profile: action(requests.profile, ({ openid }, { followers }: FollowersApp) =>
    followers.profile(openid),
  ),
};
