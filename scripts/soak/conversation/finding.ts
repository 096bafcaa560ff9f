import type { Asked } from './follower.ts';
import type { Journal, Start } from './journal.ts';

/** What became of a message that is not as it should be; times are in ms from its first push. */
export interface Finding {
  readonly number: number;
  readonly thinkMs: number;
  readonly what: readonly Wrong[];
  /** `200 after 3100 ms, at 0`. */
  readonly pushes: readonly string[];
  /** `process 42, at 130`, and when it was killed. */
  readonly starts: readonly string[];
  /** The follower's answers to it, as the session counts them. */
  readonly answers: readonly number[];
  /** What was logged about its follower meanwhile. */
  readonly log: readonly string[];
}

/** Within this time an instance that died is taken over, and a message that waited for it is answered. */
const STORY_MS = 120_000;

export type Wrong =
  | 'lost'
  | 'lostOnTheWay'
  | 'unseen'
  | 'doubled'
  | 'doubledOnTheWay'
  | 'started again'
  | 'fault notice'
  | 'out of order';

export function findingOf(
  { number, thinkMs, result }: Asked,
  about: {
    readonly what: readonly Wrong[];
    readonly starts: readonly Start[];
    readonly deaths: ReadonlyMap<number, number>;
    readonly answers: readonly { readonly count: number }[];
    readonly journal: Journal;
  },
): Finding {
  const since = result.deliveries[0]?.at ?? 0;
  return {
    number,
    thinkMs,
    what: about.what,
    pushes: result.deliveries.map(
      ({ at, ms, status, problem }) => `${status ?? problem} after ${ms} ms, at ${at - since}`,
    ),
    starts: about.starts.map(({ pid, at }) => {
      const diedAt = about.deaths.get(pid);
      const death = diedAt === undefined ? '' : `, killed at ${diedAt - since}`;
      return `process ${pid}, at ${at - since}${death}`;
    }),
    answers: about.answers.map(({ count }) => count),
    log: about.journal.about(number, since, since + STORY_MS),
  };
}
