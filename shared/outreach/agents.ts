import { present } from '../kernel/present.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Api } from '../wechat/client/index.ts';
import type { NewAgent } from './requests.ts';

/** Somebody who answers followers by hand. */
export interface CustomerServiceAgent {
  readonly agent: string;
  readonly nickname: string;
  readonly isOnline: boolean;
  /** Only of an agent who is online. */
  readonly sessions?: number;
  /** How an invitation stands that was not taken yet. */
  readonly invitation?: string;
}

/** A follower who is served by an agent, or waits for one. */
export interface CustomerServiceSession {
  /** A word for the follower by which the same one is known again, and which leads to nobody. */
  readonly follower: string;
  readonly agent?: string;
  /** When the session began, or the follower last wrote. */
  readonly at: string;
}

export interface AgentsOptions {
  readonly api: Pick<Api, 'customerService'>;
  readonly traceOf: TraceOf;
}

/** The account's customer service. No answer names a follower, or the WeChat id of an agent. */
export function createAgents({ api: { customerService }, traceOf }: AgentsOptions) {
  return { list, add, remove, listSessions };

  async function list(): Promise<readonly CustomerServiceAgent[]> {
    const { kf_list: agents } = await customerService.listAgents();
    const { kf_online_list: online } = await customerService.listOnlineAgents();
    return agents.map(({ kf_account: agent, kf_nick: nickname, invite_status }) => {
      const here = online.find((each) => each.kf_account === agent);
      return {
        agent,
        nickname,
        isOnline: here !== undefined,
        ...present({ sessions: here?.accepted_case, invitation: invite_status }),
      };
    });
  }

  /** An agent without the WeChat id of a person can serve nobody. */
  async function add({ agent, nickname, invite }: NewAgent): Promise<void> {
    await customerService.addAgent({ kf_account: agent, nickname });
    if (invite !== undefined) {
      await customerService.inviteAgent({ kf_account: agent, invite_wx: invite });
    }
  }

  async function remove(agent: string): Promise<void> {
    await customerService.deleteAgent({ kf_account: agent });
  }

  /** One call for each agent. */
  async function listSessions() {
    const { kf_list: agents } = await customerService.listAgents();
    const sessions: CustomerServiceSession[] = [];
    for (const { kf_account: agent } of agents) {
      const { sessionlist } = await customerService.listSessions({ kf_account: agent });
      for (const { openid, createtime } of sessionlist) {
        sessions.push({ follower: traceOf(openid), agent, at: timeOf(createtime) });
      }
    }
    const { count, waitcaselist } = await customerService.listWaiting();
    const waiting: readonly CustomerServiceSession[] = waitcaselist.map(
      ({ openid, latest_time }) => ({ follower: traceOf(openid), at: timeOf(latest_time) }),
    );
    return { waitingCount: count, sessions, waiting };
  }
}

export type CustomerServiceAgents = ReturnType<typeof createAgents>;

function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
