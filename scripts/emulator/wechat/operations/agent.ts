import { ApiError } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { formatOf } from '../rules/file-format.ts';
import type { Agent } from '../state/agents.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_NICKNAME_CHARS = 16;
const MAX_AVATAR_BYTES = 5 * 1_048_576;
const ONLINE_ON_WEB = 1;

export const agents = {
  listAgents: ({ agents }) => ({
    kf_list: agents.list().map((agent) => {
      const { account, nickname, id, avatar, wechatId, invitation } = agent;
      const status = agents.invitationOf(agent);
      return {
        kf_account: account,
        kf_nick: nickname,
        kf_id: id,
        kf_headimgurl: avatar,
        ...(wechatId === undefined ? {} : { kf_wx: wechatId }),
        ...(invitation && status
          ? {
              invite_wx: invitation.wechatId,
              invite_expire_time: invitation.until,
              invite_status: status,
            }
          : {}),
      };
    }),
  }),

  listOnlineAgents: ({ agents, sessions }) => ({
    kf_online_list: agents
      .list()
      .filter(({ isOnline }) => isOnline)
      .map(({ account, id }) => ({
        kf_account: account,
        status: ONLINE_ON_WEB,
        kf_id: id,
        accepted_case: sessions.ofAgent(account).length,
      })),
  }),

  addAgent({ agents }, call) {
    const body = jsonOf(call);
    const account = textIn(body, 'kf_account');
    const [, prefix] = /^([^@]*)@[\w-]+$/.exec(account) ?? [];
    if (prefix === undefined || prefix === '') throw new ApiError(65401);
    if (!/^[A-Za-z0-9_]{1,10}$/.test(prefix)) throw new ApiError(65404);
    const nickname = nicknameIn(body);
    if (agents.find(account)) throw new ApiError(65406);
    if (agents.isFull()) throw new ApiError(65405);
    agents.add(account, nickname);
    return done;
  },

  updateAgent(world, call) {
    const body = jsonOf(call);
    const { account } = agentOf(world, textIn(body, 'kf_account'));
    world.agents.change(account, { nickname: nicknameIn(body) });
    return done;
  },

  /** By POST with JSON, and by GET with a query as in older documents. */
  deleteAgent(world, call) {
    const fields = call.body.length > 0 ? jsonOf(call) : call.query;
    world.agents.delete(agentOf(world, textIn(fields, 'kf_account')).account);
    return done;
  },

  inviteAgent(world, call) {
    const body = jsonOf(call);
    const { agents } = world;
    const agent = agentOf(world, textIn(body, 'kf_account'));
    const wechatId = textIn(body, 'invite_wx');
    if (!/^[A-Za-z][\w-]{5,19}$/.test(wechatId)) throw new ApiError(65409);
    if (agent.wechatId !== undefined) throw new ApiError(65412);
    if (agents.list().some((each) => each.wechatId === wechatId)) throw new ApiError(65407);
    if (agents.invitationOf(agent) === 'waiting') throw new ApiError(65411);
    agents.invite(agent.account, wechatId);
    return done;
  },

  uploadAgentAvatar(world, call) {
    const { account } = agentOf(world, call.query.kf_account ?? '');
    const bytes = avatarIn(call);
    const url = `http://wx.qlogo.cn/mmhead/${account.split('@')[0]}-${bytes.length}/0`;
    world.agents.change(account, { avatar: url });
    return done;
  },
} satisfies Partial<OperationsOf<'customerService'>>;

function avatarIn(call: Call): Uint8Array {
  const file = call.hasLength && call.form?.find(({ name }) => name === 'media');
  if (!file || file.fileName === undefined) throw new ApiError(41005);
  if (file.bytes.length === 0) throw new ApiError(44001);
  if (file.bytes.length > MAX_AVATAR_BYTES) throw new ApiError(40009);
  if (formatOf(file.bytes) !== 'jpeg') throw new ApiError(40005);
  return file.bytes;
}

function nicknameIn(body: JsonObject): string {
  const nickname = textIn(body, 'nickname');
  if (nickname === '' || [...nickname].length > MAX_NICKNAME_CHARS) throw new ApiError(65403);
  return nickname;
}

/** @throws ApiError 65401 */
export function agentOf({ agents }: World, account: string): Readonly<Agent> {
  const agent = agents.find(account);
  if (!agent) throw new ApiError(65401);
  return agent;
}
