import { requests as followerRequests } from '../../followers/requests.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import { chinaDay } from '../../kernel/china-time.ts';
import { outreachRequests as requests } from '../../outreach/index.ts';
import type { FollowersApp } from '../followers.ts';

/** No result names a follower: SCF writes the results of invocations into its log. */
export const outreachActions = {
  createQrcode: audited(requests.createQrcode, (code, { outreach }: FollowersApp) =>
    outreach.qrcodes.create(code),
  ),
  listQrcodes: action(requests.listQrcodes, async ({ limit }, { outreach }: FollowersApp) => ({
    qrcodes: await outreach.qrcodes.list(limit),
  })),
  qrcodeStats: action(
    followerRequests.count,
    async ({ filter }, { followers, outreach }: FollowersApp) => ({
      scenes: await outreach.qrcodes.stats(await followers.countByQrcode(filter)),
    }),
  ),
  qrcodeDays: action(
    requests.qrcodeDays,
    async ({ days: count }, { clock, followers, outreach }: FollowersApp) => {
      const today = chinaDay(clock.now());
      const days = Array.from({ length: count }, (_, at) => today - count + 1 + at);
      const follows = await followers.followsByQrcode(days[0] ?? today);
      return outreach.qrcodes.byDay(days, follows);
    },
  ),

  listTemplates: action(noPayload, async (_, { outreach }: FollowersApp) => ({
    templates: await outreach.notices.listTemplates(),
  })),
  sendTemplate: audited(requests.sendTemplate, (notice, { outreach }: FollowersApp) =>
    outreach.notices.sendTemplate(notice),
  ),
  listSubscribeTemplates: action(noPayload, async (_, { outreach }: FollowersApp) => ({
    templates: await outreach.notices.listSubscribeTemplates(),
  })),
  sendSubscribe: audited(requests.sendSubscribe, (notice, { outreach }: FollowersApp) =>
    outreach.notices.sendSubscribe(notice),
  ),
  shorten: action(requests.shorten, (wanted, { outreach }: FollowersApp) =>
    outreach.notices.shorten(wanted),
  ),

  listAgents: action(noPayload, async (_, { outreach }: FollowersApp) => ({
    agents: await outreach.agents.list(),
  })),
  addAgent: audited(requests.addAgent, (wanted, { outreach }: FollowersApp) =>
    outreach.agents.add(wanted),
  ),
  deleteAgent: audited(requests.byAgent, ({ agent }, { outreach }: FollowersApp) =>
    outreach.agents.remove(agent),
  ),
  listSessions: action(noPayload, (_, { outreach }: FollowersApp) =>
    outreach.agents.listSessions(),
  ),
};
