/** A session of a follower as the page shows it. */
export interface ShownSession {
  readonly name: string;
  readonly value: unknown;
  /** When it is forgotten, in ms since the epoch. */
  readonly until: number;
}

/** What the account remembers of its followers, and which of their messages wait for each other. */
export interface ShownSessions {
  of(openid: string): Promise<{
    readonly sessions: readonly ShownSession[];
    /** How many messages have the sessions in hand or wait for them. */
    readonly waiting: number;
  }>;
  put(openid: string, name: string, value: unknown): Promise<void>;
  forget(openid: string, name: string): Promise<void>;
}
