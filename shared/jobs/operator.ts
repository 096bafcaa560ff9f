import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import { isLegal } from '../kernel/state-table.ts';
import type { Filter, Store } from '../store/store.ts';
import { filled, object, wholeNumber } from '../wechat/rules.ts';
import { type JobDocument, type JobState, jobCollection, jobStates } from './job-document.ts';
import { dropped, type JobPatch, moves, revived } from './moves.ts';
import type { Queue } from './queue.ts';

/** How often an operator's move is tried while workers or other operators move the same job. */
const TRIES = 5;

/** A job without its payload: safe to return and to log. Times are in ms since the epoch. */
export interface JobSummary {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly createdAt: number;
  /** When a worker may take it; of a running job, when another worker may take it over. */
  readonly dueAt?: number;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly at: number };
}

/** Which jobs to list; every field may be left out. */
export const jobQuerySchema = v.optional(
  object({
    state: v.optional(v.picklist(jobStates)),
    kind: v.optional(filled()),
    limit: v.optional(wholeNumber(1, 1000), 50),
    skip: v.optional(wholeNumber(0, 1_000_000), 0),
  }),
  {},
);
export type JobQuery = NonNullable<v.InferInput<typeof jobQuerySchema>>;

/** Names one job. */
export const jobIdSchema = object({ id: filled() });

/** What an operator does with jobs. */
export interface JobOperator {
  /** The newest jobs first. One query. */
  list(query?: JobQuery): Promise<readonly JobSummary[]>;
  /** @throws AppError `not_found` */
  get(id: string): Promise<JobSummary>;
  /**
   * Lets a dead job run again, with all its attempts, from its last checkpoint.
   *
   * @throws AppError `not_found`; `conflict` if it is not dead
   */
  retry(id: string): Promise<JobSummary>;
  /**
   * Takes a dead or waiting job off the queue. It stays for a week as `dropped`, without its payload.
   *
   * @throws AppError `not_found`; `conflict` if it is running or has ended
   */
  drop(id: string): Promise<JobSummary>;
}

export interface JobOperatorOptions {
  readonly store: Pick<Store, 'get' | 'query' | 'patchIf'>;
  readonly clock: Clock;
  readonly queue: Pick<Queue, 'wakeWorker'>;
}

export function createJobOperator({ store, clock, queue }: JobOperatorOptions): JobOperator {
  async function find(id: string) {
    const found = await store.get(jobCollection, id);
    if (found) return found;
    throw new AppError(
      'not_found',
      'There is no job with this id; ended jobs are removed after some time.',
    );
  }

  async function move(
    name: 'retry' | 'drop',
    id: string,
    patchOf: (job: JobDocument, now: number) => JobPatch,
  ): Promise<JobSummary> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { doc, rev } = await find(id);
      if (!isLegal(moves[name], doc.state)) {
        throw new AppError(
          'conflict',
          `This job is ${doc.state}; ${name} is for a job that is ${moves[name].from.join(' or ')}.`,
          { details: { state: doc.state } },
        );
      }
      const patch = patchOf(doc, clock.now());
      if (await store.patchIf(jobCollection, id, patch, rev)) {
        return summaryOf({ ...doc, ...patch } as JobDocument);
      }
    }
    throw new AppError('conflict', 'This job changed at every try; look at it again.');
  }

  return {
    async list({ state, kind, limit = 50, skip = 0 } = {}) {
      const filter: Filter<JobDocument> = present({
        state: state && { eq: state },
        kind: kind === undefined ? undefined : { eq: kind },
      });
      const found = await store.query(jobCollection, {
        filter: state === undefined && kind === undefined ? 'all' : filter,
        order: [{ field: 'createdAt', direction: 'desc' }],
        limit,
        skip,
      });
      return found.map(({ doc }) => summaryOf(doc));
    },

    async get(id) {
      return summaryOf((await find(id)).doc);
    },

    async retry(id) {
      const summary = await move('retry', id, revived);
      await queue.wakeWorker();
      return summary;
    },

    drop: (id) => move('drop', id, dropped),
  };
}

function summaryOf({ _id: id, kind, state, attempts, createdAt, dueAt, error }: JobDocument) {
  return {
    id,
    kind,
    state,
    attempts,
    createdAt: createdAt.getTime(),
    ...(dueAt ? { dueAt: dueAt.getTime() } : {}),
    ...(error ? { error: { ...error, at: error.at.getTime() } } : {}),
  };
}
