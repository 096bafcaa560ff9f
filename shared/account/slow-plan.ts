import type { SlowWords } from './slow-words.ts';

/** How an answer may reach its follower when it is not ready for the first response. */
export type SlowWay = 'whileAskedAgain' | 'later' | 'whenAsked';

/** What was declared for a slow handler. */
export interface SlowPlan {
  readonly ways: ReadonlySet<SlowWay>;
  readonly words: SlowWords;
  readonly rerun: boolean;
  readonly limitMs: number;
}
