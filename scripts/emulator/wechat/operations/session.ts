import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { followerOf, knownOpenid } from '../rules/recipient.ts';
import { agentOf } from './agent.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_WAITING = 100;
const MAX_RECORDS = 10_000;
const MAX_SPAN_SECONDS = 24 * 3_600;

export const sessions = {
  createSession(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'openid');
    const agent = agentOf(world, textIn(body, 'kf_account'));
    followerOf(world, openid);
    const { sessions } = world;
    const current = sessions.of(openid);
    if (current?.account === agent.account) return done;
    if (current) throw new ApiError(65414);
    if (agent.wechatId === undefined) throw new ApiError(65402);
    if (!agent.isOnline) throw new ApiError(65415);
    sessions.open(openid, agent.account);
    return done;
  },

  closeSession(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'openid');
    const { account } = agentOf(world, textIn(body, 'kf_account'));
    const session = world.sessions.of(openid);
    if (session?.account !== account) throw new ApiError(65413);
    world.sessions.close(session);
    return done;
  },

  /** An empty account says that nobody serves the follower. */
  getSession(world, { query }) {
    const { openid = '' } = query;
    knownOpenid(world, openid);
    const session = world.sessions.of(openid);
    return { createtime: session?.createdAt ?? 0, kf_account: session?.account ?? '' };
  },

  listSessions(world, { query }) {
    const { account } = agentOf(world, query.kf_account ?? '');
    return {
      sessionlist: world.sessions
        .ofAgent(account)
        .map(({ openid, createdAt }) => ({ createtime: createdAt, openid })),
    };
  },

  listWaiting({ sessions }) {
    const waiting = sessions.waiting();
    return {
      count: waiting.length,
      waitcaselist: waiting
        .slice(0, MAX_WAITING)
        .map(({ openid, latestAt }) => ({ latest_time: latestAt, openid })),
    };
  },

  listRecords({ chats }, call) {
    const body = jsonOf(call);
    const [start, end, msgid, number] = [body.starttime, body.endtime, body.msgid, body.number].map(
      Number,
    ) as [number, number, number, number];
    if (!(number >= 1 && number <= MAX_RECORDS && msgid >= 1)) throw new ApiError(65416);
    if (!(end >= start && end - start <= MAX_SPAN_SECONDS)) throw new ApiError(65417);
    const records = chats.between(start, end, msgid).slice(0, number);
    return {
      recordlist: records.map(({ msgid: _, ...record }) => record),
      number: records.length,
      msgid: records.at(-1)?.msgid ?? msgid,
    };
  },
} satisfies Partial<OperationsOf<'customerService'>>;
