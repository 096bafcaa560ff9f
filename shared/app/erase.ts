import * as v from 'valibot';
import { eraseMessages } from '../callback/erase.ts';
import { eraseSessions } from '../callback/erase-sessions.ts';
import type { Presence } from '../followers/index.ts';
import { again, defineJob, eraseJobs, type Job, type JobKind } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import { filled, object } from '../wechat/rules.ts';

export const eraseSchema = object({ openid: filled() });

/** What was erased of a follower, and what is left. */
export interface Erased {
  readonly jobs: number;
  readonly messages: number;
  /** 1 if the account remembered something of the follower. */
  readonly sessions: number;
  /** What a worker or the callback has in hand at this moment; erased by a later call. */
  readonly running: number;
}

/** Something of a follower that stays, and why. */
export interface Kept {
  readonly what: string;
  readonly why: string;
}

export const kept: readonly Kept[] = [
  {
    what: 'A keyed hash with the marks of this month’s mass sends, until the month ends.',
    why: 'A follower who comes back has still had these messages, and WeChat counts them.',
  },
  {
    what: 'The place in the list of receivers of a mass send that is under way, until it ends, or that waits for its release, for eight days at most.',
    why: 'The list is laid down before it is sent; WeChat leaves out who has left.',
  },
  {
    what: 'Log lines with a keyed hash of the openid, for as long as the platform keeps its log.',
    why: 'They tell what the functions did. With LOG_OPENIDS=plain they name the openid itself.',
  },
  {
    what: 'What WeChat, and your own systems, have.',
    why: 'It is not in this database. A follower who still follows comes back with the next sync.',
  },
];

export type Erase = (openid: string, at: number) => Promise<Erased>;

/**
 * Erases a follower from our database: the row with all that the business added, what waits for the
 * worker or has failed there, what the inbox keeps, and what the account remembers in sessions.
 */
export function createErase(options: {
  readonly store: Pick<Store, 'query' | 'patchIf' | 'transaction'>;
  readonly clock: Clock;
  readonly presence: Pick<Presence, 'left'>;
  readonly traceOf: TraceOf;
}): Erase {
  const { store, clock, presence, traceOf } = options;
  return async (openid, at) => {
    await presence.left(openid, at);
    const trace = traceOf(openid);
    const jobs = await eraseJobs(store, trace, clock.now());
    const messages = await eraseMessages(store, trace);
    const sessions = await eraseSessions(store, trace, clock.now());
    return {
      jobs: jobs.erased,
      messages: messages.erased,
      sessions: sessions.erased,
      running: jobs.running + messages.running + sessions.running,
    };
  };
}

const payload = v.strictObject({ openid: v.string(), at: v.number() });

/** What remains of a follower who has left; `at` is when, by WeChat's clock. */
export const eraseJob: JobKind<v.InferOutput<typeof payload>, 'follower-erase'> = {
  kind: 'follower-erase',
  payload,
};

/** The message that somebody left by is in hand itself when the job is made. */
const AGAIN_MS = 30_000;

export function createEraseJob(erase: Erase): Job<'follower-erase'> {
  return defineJob({
    ...eraseJob,
    async run(_, { openid, at }) {
      const { running } = await erase(openid, at);
      return running > 0 ? again({ afterMs: AGAIN_MS }) : undefined;
    },
  });
}
