import { AppError } from '../kernel/errors.ts';
import { type AttemptOptions, type AttemptOutcome, attempt } from './attempt.ts';
import type { Job } from './define-job.ts';
import { type Candidate, createDueJobs } from './due-jobs.ts';
import type { JobLease } from './lease.ts';
import { LINGER_MS, marginsFor, NEXT_WORKER_MS, POLL_GAP_MS } from './timing.ts';

/** How the candidates of one shift ended, by count; every job taken is in one of the first six. */
export interface ShiftReport {
  readonly done: number;
  /** Yielded, to go on later. */
  readonly again: number;
  /** Failed, and will be tried again. */
  readonly failed: number;
  readonly dead: number;
  /** Ended after their lease, or their end could not be written: another worker repeats them. */
  readonly late: number;
  /** Did not end in time and were left behind. */
  readonly abandoned: number;
  /** Another worker was quicker. */
  readonly missed: number;
  /** All slots of their kind were taken. */
  readonly full: number;
  /** `false`: the worker's time was over before the work was. */
  readonly isDrained: boolean;
}

export interface ShiftOptions extends AttemptOptions {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly slots: number;
  readonly untilMs: number;
}

/** Runs due jobs until there are none, or until `untilMs` is near; see `Worker.work`. */
export async function workShift(options: ShiftOptions): Promise<ShiftReport> {
  const { store, clock, random, log, jobs, slots, untilMs } = options;
  const startedAt = clock.now();
  const margins = marginsFor(untilMs - startedAt);
  const counts = { done: 0, again: 0, failed: 0, dead: 0, late: 0, missed: 0, full: 0 };
  const running = new Set<string>();
  /** Jobs being taken, and how many may be: a few at first, or many workers collide at every job. */
  const taking = new Set<string>();
  let width = 1;
  const leases = new Map<string, JobLease>();
  const due = createDueJobs({
    ...{ store, clock, random, jobs, hasTimeFor },
    isRunning: (id) => running.has(id),
  });
  const bell = createBell();
  const hurry = new AbortController();
  let refilledAt = Number.NEGATIVE_INFINITY;
  /** Since the last refill: jobs that this worker got, and jobs that other workers got. */
  let [hits, misses] = [0, 0];
  /** When to look again: then jobs that came back are due. */
  let returns: number[] = [];
  let trouble: { readonly error: unknown } | undefined;
  let isDrained = false;

  const isWithin = (marginMs: number) => clock.now() >= untilMs - marginMs;
  const mayTake = () => !trouble && !isWithin(margins.takeMs);
  const hasRoom = () => running.size < slots && taking.size < width;
  const abortLate = () => {
    if (isWithin(margins.overMs)) for (const lease of leases.values()) lease.abort(timeIsShort());
  };
  const cancels = (
    [
      [margins.hurryMs, () => hurry.abort(timeIsShort())],
      [margins.overMs, abortLate],
      [margins.leaveMs, bell.ring],
    ] as const
  ).map(([marginMs, task]) => clock.after(untilMs - startedAt - marginMs, task));

  function hasTimeFor({ needsMs }: Job): boolean {
    const isAlone = clock.now() < startedAt + NEXT_WORKER_MS;
    return isAlone || clock.now() + needsMs <= untilMs - margins.overMs;
  }

  async function run(candidate: Candidate): Promise<void> {
    const id = candidate.stored.doc._id;
    try {
      const outcome = await attempt(options, candidate, hurry.signal, (lease) => {
        leases.set(id, lease);
        taking.delete(id);
        hits += 1;
        width = Math.min(slots, width + 1);
        bell.ring();
        abortLate();
      });
      account(outcome);
      due.giveBack(candidate, outcome.kind === 'full' ? 'taken' : 'free');
    } catch (error) {
      trouble ??= { error };
    } finally {
      running.delete(id);
      taking.delete(id);
      leases.delete(id);
      bell.ring();
    }
  }

  function account(outcome: AttemptOutcome): void {
    const now = clock.now();
    counts[outcome.kind] += 1;
    if ('dueAt' in outcome && outcome.dueAt <= now + LINGER_MS) returns.push(outcome.dueAt);
    if (outcome.kind === 'missed' || outcome.kind === 'full') misses += 1;
    if (outcome.kind === 'missed') {
      width = 1;
      // The jobs that were read are out of date: other workers have taken many of them.
      if (misses > 1 && misses > hits / 2) {
        due.clear();
        returns.push(now + POLL_GAP_MS * random());
      }
    }
  }

  /** Whether the store may have due jobs that this worker has not read yet. */
  function isWorthAsking(): boolean {
    const now = clock.now();
    if (now - refilledAt >= POLL_GAP_MS || returns.some((dueAt) => dueAt <= now)) return true;
    if (misses > 0 && hits === 0) return false;
    return running.size === 0 || due.hasMore;
  }

  async function refill(): Promise<void> {
    refilledAt = clock.now();
    returns = returns.filter((dueAt) => dueAt > refilledAt);
    [hits, misses] = [0, 0];
    try {
      await due.refill();
    } catch (error) {
      trouble = { error };
    }
  }

  async function fillSlots(): Promise<void> {
    isDrained = false;
    while (mayTake() && hasRoom()) {
      let candidate = due.next();
      if (!candidate && isWorthAsking()) {
        await refill();
        candidate = mayTake() ? due.next() : undefined;
      }
      if (!candidate) {
        isDrained = !trouble && running.size === 0;
        return;
      }
      running.add(candidate.stored.doc._id);
      taking.add(candidate.stored.doc._id);
      void run(candidate);
    }
  }

  /** When to look again although no job has ended. */
  function wakeAt(): number | undefined {
    const soon = Math.min(...returns);
    return mayTake() && hasRoom() && soon < untilMs - margins.takeMs ? soon : undefined;
  }

  while (!isWithin(margins.leaveMs)) {
    await fillSlots();
    const wake = wakeAt();
    if (running.size === 0 && wake === undefined && (isDrained || !mayTake())) break;
    const cancel =
      wake === undefined ? undefined : clock.after(Math.max(0, wake - clock.now()), bell.ring);
    await bell.heard();
    cancel?.();
  }

  for (const cancel of cancels) cancel();
  const report: ShiftReport = {
    ...{ ...counts, abandoned: leases.size },
    isDrained: isDrained && !due.leavesSome,
  };
  for (const lease of leases.values()) lease.leave();
  log.info('shift over', { ms: clock.now() - startedAt, details: { ...report } });
  if (trouble) throw trouble.error;
  return report;
}

/** Lets the shift wait for the next ring; an earlier ring counts, so that none is missed. */
function createBell() {
  let isRung = false;
  let wake = () => {};
  return {
    ring(): void {
      isRung = true;
      wake();
    },
    async heard(): Promise<void> {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isRung = false;
    },
  };
}

function timeIsShort(): AppError {
  return new AppError(
    'timeout',
    "The worker's time is nearly over; the job goes on in the next shift.",
    {
      details: { reason: 'time' },
    },
  );
}
