import { followersApp } from '../../shared/app/followers.ts';
import type { Followers } from '../../shared/followers/index.ts';
import { requests } from '../../shared/followers/requests.ts';
import {
  action,
  type Invocation,
  type InvokableApp,
  invokable,
  noPayload,
} from '../../shared/scf/invoke.ts';

interface App extends InvokableApp {
  readonly followers: Followers;
}

/** No answer names a follower: SCF writes answers into its log. */
export const actions = {
  sync: action(noPayload, (_, { followers }: App) => followers.syncs.start()),
  status: action(noPayload, (_, { followers }: App) => followers.syncs.status()),
  count: action(requests.count, ({ filter }, { followers }: App) => followers.count(filter)),
  import: action(requests.import, (rows, { followers }: App) => followers.import(rows)),

  listTags: action(noPayload, async (_, { followers }: App) => ({
    tags: await followers.tags.list(),
  })),
  createTag: action(requests.createTag, ({ name }, { followers }: App) =>
    followers.tags.create(name),
  ),
  renameTag: action(requests.renameTag, (tag, { followers }: App) => followers.tags.rename(tag)),
  deleteTag: action(requests.deleteTag, ({ id }, { followers }: App) => followers.tags.delete(id)),
  tag: action(requests.tagging, ({ tagId, openids }, { followers }: App) =>
    followers.tags.tag(tagId, openids),
  ),
  untag: action(requests.tagging, ({ tagId, openids }, { followers }: App) =>
    followers.tags.untag(tagId, openids),
  ),

  block: action(requests.openids, ({ openids }, { followers }: App) =>
    followers.tags.block(openids),
  ),
  unblock: action(requests.openids, ({ openids }, { followers }: App) =>
    followers.tags.unblock(openids),
  ),
  countBlocked: action(noPayload, (_, { followers }: App) => followers.tags.countBlocked()),
  setRemark: action(requests.remark, ({ openid, remark }, { followers }: App) =>
    followers.tags.setRemark(openid, remark),
  ),
};

export type FollowersInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => followersApp());
