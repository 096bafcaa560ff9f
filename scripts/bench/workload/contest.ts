import type { benchAccount } from './account.ts';
import type { Mode } from './pushes.ts';

/** What a contestant must give: a function from one push to the body of its answer. */
export type Create = (options: {
  readonly account: typeof benchAccount;
  readonly mode: Mode;
}) => Answer;

export type Answer = (
  query: Readonly<Record<string, string>>,
  body: string,
) => string | Promise<string>;
