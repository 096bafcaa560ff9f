import { SessionDrafts, type SessionStates } from './session-drafts.ts';

/** The turn of one message of a test. */
export interface TestTurn {
  readonly takeTurn: () => Promise<SessionDrafts>;
  readonly sessions: SessionDrafts | undefined;
  /** The handlers are done, so what they changed counts. */
  keep(): void;
}

/**
 * What an account remembers of its followers in a test. Talks that are given the same one are one
 * conversation: `const sessions = new TestSessions(); await talk(account, said, { sessions })`.
 */
export class TestSessions {
  readonly #states = new Map<string, SessionStates>();

  /** The turn of a message of the follower; in a test messages come one after the other. */
  open(openid: string, now: () => number): TestTurn {
    let drafts: SessionDrafts | undefined;
    const states = this.#states;
    return {
      async takeTurn() {
        drafts ??= new SessionDrafts({
          stored: states.get(openid) ?? {},
          now,
          // A test sees by the answer that the state began anew.
          onReset() {},
        });
        return drafts;
      },
      get sessions() {
        return drafts;
      },
      keep() {
        if (drafts) states.set(openid, drafts.states);
      },
    };
  }
}
