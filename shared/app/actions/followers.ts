import { requests } from '../../followers/requests.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import { eraseSchema, kept } from '../erase.ts';
import type { FollowersApp } from '../followers.ts';
import { outreachActions } from './outreach.ts';

/** No result names a follower: SCF writes the results of invocations into its log. */
export const followersActions = {
  sync: action(noPayload, (_, { followers }: FollowersApp) => followers.syncs.start()),
  status: action(noPayload, (_, { followers }: FollowersApp) => followers.syncs.status()),
  count: action(requests.count, ({ filter }, { followers }: FollowersApp) =>
    followers.count(filter),
  ),
  import: audited(requests.import, (rows, { followers }: FollowersApp) => followers.import(rows)),

  erase: audited(eraseSchema, async ({ openid }, { erase, clock }: FollowersApp) => ({
    erased: await erase(openid, clock.now()),
    kept,
  })),

  listTags: action(noPayload, async (_, { followers }: FollowersApp) => ({
    tags: await followers.tags.list(),
  })),
  createTag: action(requests.createTag, ({ name }, { followers }: FollowersApp) =>
    followers.tags.create(name),
  ),
  renameTag: action(requests.renameTag, (tag, { followers }: FollowersApp) =>
    followers.tags.rename(tag),
  ),
  deleteTag: audited(requests.deleteTag, ({ id }, { followers }: FollowersApp) =>
    followers.tags.delete(id),
  ),
  tag: audited(requests.tagging, ({ tagId, openids }, { followers }: FollowersApp) =>
    followers.tags.tag(tagId, openids),
  ),
  untag: audited(requests.tagging, ({ tagId, openids }, { followers }: FollowersApp) =>
    followers.tags.untag(tagId, openids),
  ),

  block: audited(requests.openids, ({ openids }, { followers }: FollowersApp) =>
    followers.tags.block(openids),
  ),
  unblock: audited(requests.openids, ({ openids }, { followers }: FollowersApp) =>
    followers.tags.unblock(openids),
  ),
  countBlocked: action(noPayload, (_, { followers }: FollowersApp) =>
    followers.tags.countBlocked(),
  ),
  setRemark: action(requests.remark, ({ openid, remark }, { followers }: FollowersApp) =>
    followers.tags.setRemark(openid, remark),
  ),

  noteConsent: audited(
    requests.noteConsent,
    ({ openid, ...consent }, { followers }: FollowersApp) => followers.noteConsent(openid, consent),
  ),

  listSegments: action(noPayload, async (_, { followers }: FollowersApp) => ({
    segments: await followers.segments.list(),
  })),
  countSegments: action(noPayload, (_, { followers }: FollowersApp) => followers.segments.count()),
  saveSegment: audited(requests.saveSegment, (wanted, { followers }: FollowersApp) =>
    followers.segments.save(wanted),
  ),
  deleteSegment: audited(requests.bySegment, ({ name }, { followers }: FollowersApp) =>
    followers.segments.remove(name),
  ),

  ...outreachActions,
};
