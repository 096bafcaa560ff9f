import * as v from 'valibot';
import { again, defineJob } from '../../../shared/jobs/define-job.ts';
import {
  type JobDocument,
  type JobState,
  jobCollection,
} from '../../../shared/jobs/job-document.ts';
import { moves } from '../../../shared/jobs/moves.ts';
import { createQueue } from '../../../shared/jobs/queue.ts';
import { SKEW_MS } from '../../../shared/jobs/timing.ts';
import { createWorker } from '../../../shared/jobs/worker.ts';
import { isLegal, type Transition } from '../../../shared/kernel/state-table.ts';
import { createFakeClock } from '../fake-clock.ts';
import { inMemory, type OpenPlayedStore } from '../store/played-store.ts';
import { silentLog } from './job-fixture.ts';
import { createInstance, type Instance } from './job-instance.ts';

const SECOND = 1_000;
const LEASE_MS = 10 * SECOND;
const PAGES = 3;
const steps = [50, 900, 3 * SECOND, 8 * SECOND, 13 * SECOND] as const;
/** The clocks of two instances differ by no more than this, which the leases allow for. */
const skews = [0, SKEW_MS / 2, -SKEW_MS / 2] as const;
const kinds = [{ kind: 'free' }, { kind: 'limited', concurrency: 1 }] as const;

export interface Scenario {
  /** One number for each decision about what happens; after the last number all goes well. */
  readonly choices: readonly number[];
  readonly maxAttempts: number;
  readonly isCalm: boolean;
}

export interface Exploration {
  readonly violations: readonly string[];
  /** How often each page of each job was worked on. */
  readonly acts: Readonly<Record<string, number>>;
  readonly final: readonly JobDocument[];
  readonly takeovers: number;
  readonly refused: number;
}

/**
 * Plays three instances that share two jobs of each kind, step by step: a request arrives, an
 * answer arrives, time passes, an instance is frozen, thawed, killed or loses an answer. After each
 * step all documents are looked at.
 */
export async function explore(
  { choices, maxAttempts, isCalm }: Scenario,
  open: OpenPlayedStore = inMemory,
): Promise<Exploration> {
  const base = createFakeClock();
  const { store: database, settled } = await open(base.now);
  const violations: string[] = [];
  const acts: Record<string, number> = {};
  let [takeovers, refused, used] = [0, 0, 0];
  let documents = new Map<string, JobDocument>();
  const instances: Instance[] = [];

  const choose = (n: number) => {
    used += 1;
    return (choices[used - 1] ?? 0) % n;
  };
  const isPlaying = () => used < choices.length;

  const payload = v.strictObject({});
  const checkpoint = v.strictObject({ page: v.number() });
  const jobsOf = (instance: Instance) =>
    kinds.map((kind) =>
      defineJob({
        ...kind,
        payload,
        checkpoint,
        maxAttempts,
        leaseMs: LEASE_MS,
        run: async (ctx) => {
          const mine = documents.get(ctx.id)?.holder;
          const saved = { page: ctx.checkpoint?.page ?? 0 };
          for (; saved.page < PAGES; saved.page += 1) {
            ctx.assertHeld();
            const now = documents.get(ctx.id);
            if (now?.state !== 'running' || now.holder !== mine) {
              violations.push(`${ctx.id} is worked on by one who does not hold it`);
            }
            if ((pageOf(now) ?? 0) !== saved.page) violations.push(`${ctx.id} lost its checkpoint`);
            const act = `${ctx.id} ${saved.page}`;
            acts[act] = (acts[act] ?? 0) + 1;
            await instance.turn();
            const mood = isPlaying() && !isCalm ? choose(8) : 7;
            if (mood === 0) throw new Error('fell over');
            const next = { page: saved.page + 1 };
            if (mood === 1) return again({ checkpoint: next, afterMs: choose(3) * SECOND });
            await ctx.save(next).catch((error: unknown) => {
              refused += 1;
              throw error;
            });
          }
        },
      }),
    );

  async function start(): Promise<void> {
    const skew = isCalm ? 0 : skews[choose(skews.length)];
    const instance = createInstance(base, database, skew ?? 0);
    instances.push(instance);
    const jobs = jobsOf(instance);
    const { clock, store } = instance;
    const worker = createWorker({
      store,
      jobs,
      clock,
      random: () => 0.5,
      log: silentLog,
      slots: 2,
    });
    while (!instance.isDead) {
      await worker.work({ untilMs: clock.now() + 60 * SECOND }).catch(() => undefined);
      // The instance has nothing to do until its next event.
      await instance.turn();
    }
  }

  async function look(): Promise<void> {
    const found = await database.query(jobCollection, { filter: 'all', limit: 100 });
    const next = new Map(found.map(({ doc }) => [doc._id, doc]));
    for (const [id, doc] of next) judge(documents.get(id), doc);
    for (const { kind, concurrency } of kinds.map((one) => ({ concurrency: 99, ...one }))) {
      const running = [...next.values()].filter((d) => d.kind === kind && d.state === 'running');
      if (running.length > concurrency) violations.push(`${running.length} of ${kind} are running`);
    }
    documents = next;
  }

  function judge(before: JobDocument | undefined, after: JobDocument): void {
    if (!before) return;
    if (after.attempts > maxAttempts) violations.push(`${after._id} was tried too often`);
    const isMoved = before.state !== after.state || before.holder !== after.holder;
    if (!isMoved) return;
    const possible = Object.values<Transition<JobState>>(moves).some(
      (move) => isLegal(move, before.state) && move.to === after.state,
    );
    if (!possible) violations.push(`${before.state} to ${after.state}`);
    if (before.state === 'running' && after.holder !== before.holder) {
      takeovers += 1;
      const isOver = Number(before.dueAt) <= base.now() + SKEW_MS / 2;
      if (!isOver) violations.push(`${after._id} was taken over under its lease`);
    }
  }

  async function step(): Promise<void> {
    const living = instances.filter(({ isDead }) => !isDead);
    const instance = living[choose(living.length)];
    const pending = instances.flatMap((one) => one.pending().map((what) => ({ one, what })));
    const { one, what } = pending[choose(Math.max(1, pending.length))] ?? {};
    const lot = choose(isCalm ? 13 : 20);
    if (lot < 12 && one && what) one.happen(what);
    else if (lot < 14) await base.advance(steps[isCalm ? 0 : choose(steps.length)] ?? 0);
    else if (lot < 16) instance?.freeze();
    else if (lot < 18) instance?.thaw();
    else if (lot === 18) instance?.loseNext(choose(2) === 0);
    else if (instance) {
      instance.kill();
      void start();
    }
    await base.advance(0);
    await settled();
    await look();
  }

  const queue = createQueue({
    store: database,
    clock: base,
    log: silentLog,
    wakeWorker: async () => {},
  });
  for (const { kind } of [...kinds, ...kinds]) await queue.enqueue({ kind, payload }, {});
  await look();
  for (let n = 0; n < 3; n += 1) void start();

  while (isPlaying()) await step();
  for (const instance of instances) instance.thaw();
  const isEnded = () => [...documents.values()].every(({ state }) => !isActive(state));
  for (let n = 0; n < 2_000 && !isEnded(); n += 1) {
    const pending = instances.flatMap((one) => one.pending().map((what) => ({ one, what })));
    const next = pending[n % Math.max(1, pending.length)];
    if (next) next.one.happen(next.what);
    await base.advance(n % 10 ? 0 : isCalm ? 100 : SECOND);
    await settled();
    await look();
  }
  if (!isEnded()) violations.push('not all jobs have ended');
  for (const instance of instances) instance.kill();
  return { violations, acts, final: [...documents.values()], takeovers, refused };
}

function isActive(state: JobDocument['state']): boolean {
  return state === 'ready' || state === 'running';
}

function pageOf(job: JobDocument | undefined): number | undefined {
  return (job?.checkpoint as { page: number } | undefined)?.page;
}
