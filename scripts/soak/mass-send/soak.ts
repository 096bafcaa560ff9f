import { setTimeout as delay } from 'node:timers/promises';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Backend, startBackend } from './backend.ts';
import { startReaper } from './reaper.ts';
import { type Receipts, receiptsOf } from './receipts.ts';

export interface MassSendSoakOptions {
  readonly followers: number;
  /** How often all workers are killed, half of it while they sync and half while they send. */
  readonly kills: number;
  readonly seed: number;
  /** The database of the functions. */
  readonly store: LocalStore;
  /** Requests at a time in one instance of an HTTP function; undefined: event functions. */
  readonly concurrency?: number | undefined;
  readonly onPhase?: (phase: PhaseReport) => void;
}

export interface PhaseReport {
  readonly name: 'sync' | 'count' | 'submit' | 'send';
  readonly seconds: number;
  readonly kills: number;
  readonly storeOpsPerFollower: number;
}

export interface MassSendReport extends Receipts {
  readonly ok: boolean;
  readonly followers: number;
  readonly seed: number;
  readonly store: LocalStore;
  readonly kills: number;
  /** Calls of WeChat by endpoint, refused calls included. */
  readonly apiCalls: Readonly<Record<string, number>>;
  /** The fewest calls that the work can take. */
  readonly fewestCalls: Readonly<Record<string, number>>;
  /** The most memory that an instance of each function used, of 256 MB. */
  readonly peakRssMB: Readonly<Record<string, number>>;
  readonly storeOpsPerFollower: number;
  readonly seconds: number;
  readonly phases: readonly PhaseReport[];
}

const WORKERS = 2;
const MEMORY_MB = 256;
/** A little less than the requests to the store that the work takes for each follower. */
const SYNC_OPS = 0.028;
const SEND_OPS = 0.02;
const LONGEST_MS = 3_600_000;

/** A full sync, a count, and a mass send to all synced followers, while workers are killed. */
export async function soakMassSend(options: MassSendSoakOptions): Promise<MassSendReport> {
  const { followers, kills, seed, onPhase = () => {} } = options;
  const startedAt = Date.now();
  const backend = await startBackend(options);
  const workers = startWorkers(backend);
  const phases: PhaseReport[] = [];
  try {
    await backend.control('POST', 'followers', { count: followers });
    const early = Math.floor(kills / 2);
    await phase('sync', { kills: early, requests: followers * SYNC_OPS }, async () => {
      await backend.ask('followers', 'sync');
      await until(backend, async () => {
        const { phase: at } = await backend.ask<{ phase: string }>('followers', 'status');
        return at === 'done';
      });
    });
    const audience = { filter: { subscribedFrom: '2020-01-01' } };
    await phase('count', {}, async () => {
      const counted = await backend.ask<{ chosen: number }>('followers', 'count', audience);
      if (counted.chosen !== followers) throw new Error(`Counted ${counted.chosen}.`);
    });
    let id = '';
    await phase('submit', {}, async () => {
      const content = { msgtype: 'text', text: { content: 'Soak' } };
      const submission = { requestId: `soak-${seed}`, audience, content };
      ({ id } = await backend.ask<{ id: string }>('mass-send', 'submit', submission));
    });
    await phase('send', { kills: kills - early, requests: followers * SEND_OPS }, () =>
      until(backend, async () => {
        const status = await backend.ask<{ isOver: boolean }>('mass-send', 'status', { id });
        return status.isOver;
      }),
    );
    return await report();
  } finally {
    await workers.stop();
    await backend.close();
  }

  async function phase(
    name: PhaseReport['name'],
    deaths: { readonly kills?: number; readonly requests?: number },
    work: () => Promise<void>,
  ): Promise<void> {
    const [since, ops] = [Date.now(), backend.storeOps()];
    const reaper = startReaper(backend, { kills: 0, requests: 0, ...deaths, seed });
    await work();
    await reaper.stop();
    const done: PhaseReport = {
      name,
      seconds: (Date.now() - since) / 1_000,
      kills: reaper.kills(),
      storeOpsPerFollower: (backend.storeOps() - ops) / followers,
    };
    phases.push(done);
    onPhase(done);
  }

  async function report(): Promise<MassSendReport> {
    const receipts = await receiptsOf(backend, followers);
    const { endpoints } = backend.wechatApi.inspect().statistics;
    const apiCalls = Object.fromEntries(
      Object.entries(endpoints).map(([name, { calls }]) => [name, calls]),
    );
    const pages = Math.ceil(followers / 10_000);
    const fewestCalls = {
      'user.list': pages,
      'user.getMany': Math.ceil(followers / 100),
      'massSend.send': pages,
    };
    const made = phases.reduce((sum, each) => sum + each.kills, 0);
    const peakRssMB = backend.peakMb;
    return {
      ok:
        receipts.receivedTwice + receipts.missing === 0 &&
        made === kills &&
        Object.values(peakRssMB).every((mb) => mb <= MEMORY_MB) &&
        (kills > 0 ||
          Object.entries(fewestCalls).every(([name, count]) => apiCalls[name] === count)),
      followers,
      ...receipts,
      seed,
      store: options.store,
      kills: made,
      apiCalls,
      fewestCalls,
      peakRssMB,
      storeOpsPerFollower: phases.reduce((sum, each) => sum + each.storeOpsPerFollower, 0),
      seconds: (Date.now() - startedAt) / 1_000,
      phases,
    };
  }
}

/** Invokes workers all the time, as waking functions and the timer do. */
function startWorkers({ scf }: Backend) {
  let isStopped = false;
  const loops = Array.from({ length: WORKERS }, async () => {
    while (!isStopped) {
      const { ok, ms } = await scf.invoke('worker', { wake: true });
      // A killed worker is followed at once; a worker that returned early had nothing to do.
      if (ok && ms < 500) await delay(200);
    }
  });
  return {
    async stop() {
      isStopped = true;
      for (const { id, function: name } of scf.instances()) {
        if (name === 'worker') await scf.kill(id);
      }
      await Promise.all(loops);
    },
  };
}

/** Repeats an action that the busy machine did not answer in time, as an operator would. */
async function until(backend: Backend, isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST_MS;
  while (!(await isTrue().catch(notYet))) {
    const [dead] = await backend.deadJobs();
    if (dead) throw new Error(`A job is dead: ${JSON.stringify(dead)}`);
    if (Date.now() > end) throw new Error('It does not come to an end.');
    await delay(500);
  }
}

function notYet(error: unknown): false {
  const { code, details } = Object(error) as { readonly code?: string; readonly details?: unknown };
  if (code === 'timeout' || Object(details).reason === 'unreachable') return false;
  throw error;
}
