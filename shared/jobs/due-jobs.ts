import type { Clock } from '../kernel/clock.ts';
import type { Store, Stored } from '../store/store.ts';
import { type Job, shares } from './define-job.ts';
import { type JobDocument, jobCollection } from './job-document.ts';
import { PAGE } from './timing.ts';

/** A due job, as the store had it a moment ago. */
export interface Candidate {
  readonly stored: Stored<JobDocument>;
  readonly job: Job;
  /** The slot that it would take, if its kind is limited and it has none yet. */
  readonly slot: string | undefined;
}

/**
 * Due jobs that this worker may try to take, in a fair order. Where workers collide, the one whose
 * write comes later has missed the job. PostgreSQL could take jobs without that, by `SELECT … FOR
 * UPDATE SKIP LOCKED`, but shares and limits of kinds are decided between reading and taking, and no
 * other database has it: jobs would be taken in two ways. Measured with 1000 jobs that do nothing, the
 * worst case: 2.0 statements a job with 1 worker, 2.6 with 4, 3.1 with 16, against 1.1 where ten are
 * taken at once. A job that calls WeChat waits longer for that than for a statement that misses.
 */
export interface DueJobs {
  /** Reads anew which jobs are due. One query, and more only where one page does not tell. */
  refill(): Promise<void>;
  next(): Candidate | undefined;
  /** Whether the last refill may have left due jobs unseen. */
  readonly hasMore: boolean;
  /** Whether a job is due for which there is not enough time left. */
  readonly leavesSome: boolean;
  /** Says whether the candidate's slot is free again, or belongs to another worker. */
  giveBack(candidate: Candidate, slot: 'free' | 'taken'): void;
  /** Forgets the jobs that were read: other workers have changed them since. */
  clear(): void;
}

export interface DueJobsOptions {
  readonly store: Pick<Store, 'query'>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly jobs: ReadonlyMap<string, Job>;
  /** Whether this worker has the job under way, whatever its document says. */
  readonly isRunning: (id: string) => boolean;
  /** Whether there is enough time left for a job of this kind. */
  readonly hasTimeFor: (job: Job) => boolean;
}

/** The due jobs of one kind. */
interface Line {
  readonly job: Job;
  readonly waiting: Stored<JobDocument>[];
  readonly freeSlots: string[];
}

export function createDueJobs(options: DueJobsOptions): DueJobs {
  const { store, clock, random, jobs, isRunning, hasTimeFor } = options;
  const lines = new Map<string, Line>();
  /** Stride scheduling: the line that has come least far is next, and each step is 1/share. */
  const passes = new Map<string, number>();
  let pass = 0;
  let hasMore = false;

  async function dueOf(kinds: readonly string[]): Promise<readonly Stored<JobDocument>[]> {
    const found = await store.query(jobCollection, {
      filter: { kind: { in: kinds }, dueAt: { lte: new Date(clock.now()) } },
      order: [{ field: 'dueAt', direction: 'asc' }],
      limit: PAGE,
    });
    if (found.length === PAGE) hasMore = true;
    return found.filter(({ doc }) => !isRunning(doc._id));
  }

  async function freeSlotsOf({ kind, concurrency }: Job): Promise<string[]> {
    if (concurrency === undefined) return [];
    const running = await store.query(jobCollection, {
      filter: { kind: { eq: kind }, state: { eq: 'running' } },
      limit: 1000,
    });
    const used = new Set(running.map(({ doc }) => doc.slot));
    const slots = Array.from({ length: concurrency }, (_, n) => `${kind}#${n}`);
    return slots.filter((slot) => !used.has(slot));
  }

  async function refill(): Promise<void> {
    lines.clear();
    hasMore = false;
    const found = [...(await dueOf([...jobs.keys()]))];
    if (hasMore) {
      // One busy kind can fill the page; the others are behind it.
      const seen = new Set(found.map(({ doc }) => doc.kind));
      for (const kind of jobs.keys()) if (!seen.has(kind)) found.push(...(await dueOf([kind])));
    }
    for (const [kind, job] of jobs) {
      const due = found.filter(({ doc }) => doc.kind === kind);
      if (due.length === 0) continue;
      // A job that a dead worker has left has its slot already, so it comes first.
      const waiting = due.toSorted((a, b) => rank(a) - rank(b));
      lines.set(kind, { job, waiting, freeSlots: await freeSlotsOf(job) });
    }
  }

  function isStartable({ job, waiting, freeSlots }: Line): boolean {
    const [first] = waiting;
    if (!first || !hasTimeFor(job)) return false;
    return job.concurrency === undefined || isTakeover(first) || freeSlots.length > 0;
  }

  function next(): Candidate | undefined {
    const passOf = ({ job }: Line) => Math.max(pass, passes.get(job.kind) ?? pass);
    const [line] = [...lines.values()].filter(isStartable).sort((a, b) => passOf(a) - passOf(b));
    if (!line) return undefined;
    const { job, waiting, freeSlots } = line;
    pass = passOf(line);
    passes.set(job.kind, pass + 1 / shares[job.priority]);
    // Any job of the page: in order, all workers would try the same ones at the same time.
    const first = waiting.findIndex((one) => !isTakeover(one));
    const at = first === 0 ? Math.floor(random() * waiting.length) : 0;
    const [stored] = waiting.splice(at, 1);
    if (!stored) return undefined;
    const needsSlot = job.concurrency !== undefined && !isTakeover(stored);
    return { stored, job, slot: needsSlot ? freeSlots.shift() : undefined };
  }

  return {
    refill,
    next,
    get hasMore() {
      return hasMore;
    },
    get leavesSome() {
      return [...lines.values()].some(({ job, waiting }) => waiting.length > 0 && !hasTimeFor(job));
    },
    giveBack({ job, slot }, state) {
      if (slot !== undefined && state === 'free') lines.get(job.kind)?.freeSlots.push(slot);
    },
    clear: () => lines.clear(),
  };
}

/** Whether a job is due although it runs: its lease is over. */
export function isTakeover({ doc }: Stored<JobDocument>): boolean {
  return doc.state === 'running';
}

function rank(stored: Stored<JobDocument>): number {
  return isTakeover(stored) ? 0 : 1;
}
