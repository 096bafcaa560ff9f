import type { benchAccount } from './account.ts';
import type { Mode } from './pushes.ts';

/** What a contestant must give: a function from one push to the body of its answer. */
export type Create = (options: {
  readonly account: typeof benchAccount;
  readonly mode: Mode;
}) => Answer;

export type Answer = ((
  query: Readonly<Record<string, string>>,
  body: string,
) => string | Promise<string>) & {
  /** Starts a server of its own on any port of 127.0.0.1, for a contestant that has one. */
  readonly listen?: () => Promise<number>;
  /** The log lines since the last call, for a contestant that writes any. */
  readonly takeLines?: () => readonly string[];
};
