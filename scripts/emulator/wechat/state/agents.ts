import type { Switches } from '../options.ts';
import type { Storage } from './storage.ts';

const INVITATION_SECONDS = 24 * 3_600;

export interface Agent {
  readonly account: string;
  readonly id: string;
  nickname: string;
  avatar: string;
  isOnline: boolean;
  /** The WeChat id bound to the account. */
  wechatId?: string;
  invitation?: { readonly wechatId: string; readonly until: number; isRejected: boolean };
}

/** The people who answer followers by hand. */
export function createAgents(
  storage: Storage,
  { now, switches }: { readonly now: () => number; readonly switches: Switches },
) {
  const section = storage.section<{ lastId: number; agents: Agent[] }>('agents', () => ({
    lastId: 1_000,
    agents: [],
  }));
  const seconds = () => Math.floor(now() / 1_000);
  const find = (account: string) => section.read().agents.find((each) => each.account === account);

  return {
    find: (account: string): Readonly<Agent> | undefined => find(account),
    list: (): readonly Readonly<Agent>[] => section.read().agents,
    isFull: () => section.read().agents.length >= switches.maxAgents,

    add(account: string, nickname: string): void {
      section.update((state) => {
        state.lastId += 1;
        const id = String(state.lastId);
        state.agents.push({ account, id, nickname, avatar: '', isOnline: false });
      });
    },
    /** Changes one that is there. */
    change(account: string, change: Partial<Omit<Agent, 'account' | 'id'>>): void {
      section.update(({ agents }) => {
        const agent = agents.find((each) => each.account === account);
        if (agent) Object.assign(agent, change);
      });
    },
    invite(account: string, wechatId: string): void {
      const until = seconds() + INVITATION_SECONDS;
      section.update(() => {
        const agent = find(account);
        if (agent) agent.invitation = { wechatId, until, isRejected: false };
      });
    },
    /** How the invitation stands; `undefined` when there is none. */
    invitationOf({ invitation }: Readonly<Agent>): 'waiting' | 'rejected' | 'expired' | undefined {
      if (!invitation) return undefined;
      if (invitation.isRejected) return 'rejected';
      return seconds() < invitation.until ? 'waiting' : 'expired';
    },
    /** What the one invited says. */
    decide(account: string, isAccepted: boolean): void {
      section.update(() => {
        const agent = find(account);
        if (!agent?.invitation) return;
        if (isAccepted) {
          agent.wechatId = agent.invitation.wechatId;
          delete agent.invitation;
        } else {
          agent.invitation.isRejected = true;
        }
      });
    },
    delete(account: string): void {
      section.update((state) => {
        state.agents = state.agents.filter((each) => each.account !== account);
      });
    },
  };
}

export type Agents = ReturnType<typeof createAgents>;
