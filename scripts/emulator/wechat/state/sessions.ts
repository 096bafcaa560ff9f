import type { Agenda } from './agenda.ts';
import type { Storage } from './storage.ts';

interface Session {
  readonly openid: string;
  readonly account: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
}

interface SessionState {
  sessions: Session[];
  waiting: { readonly openid: string; readonly latestAt: number }[];
}

/** Who is being answered by which agent, and who waits for one. */
export function createSessions(
  storage: Storage,
  { now, agenda }: { readonly now: () => number; readonly agenda: Agenda },
) {
  const section = storage.section<SessionState>('sessions', () => ({ sessions: [], waiting: [] }));
  const seconds = () => Math.floor(now() / 1_000);

  for (const Event of ['kf_create_session', 'kf_close_session'] as const) {
    agenda.handle(Event, (subject) => {
      const [openid = '', KfAccount = ''] = subject.split(' ');
      return { openid, type: 'event', Event, KfAccount };
    });
  }

  return {
    of: (openid: string): Session | undefined =>
      section.read().sessions.find((each) => each.openid === openid),
    ofAgent: (account: string): readonly Session[] =>
      section.read().sessions.filter((each) => each.account === account),
    open(openid: string, account: string): void {
      section.update((state) => {
        state.waiting = state.waiting.filter((each) => each.openid !== openid);
        state.sessions.push({ openid, account, createdAt: seconds() });
      });
      agenda.plan('kf_create_session', `${openid} ${account}`, 0);
    },
    close({ openid, account }: Session): void {
      section.update((state) => {
        state.sessions = state.sessions.filter((each) => each.openid !== openid);
      });
      agenda.plan('kf_close_session', `${openid} ${account}`, 0);
    },
    waiting: () => section.read().waiting,
    wait(openid: string): void {
      section.update((state) => {
        state.waiting = state.waiting.filter((each) => each.openid !== openid);
        state.waiting.push({ openid, latestAt: seconds() });
      });
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
