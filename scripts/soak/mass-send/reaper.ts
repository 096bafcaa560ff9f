import { setTimeout as delay } from 'node:timers/promises';
import { jobCollection } from '../../../shared/jobs/index.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { Backend } from './backend.ts';

const LOOK_MS = 5;

export interface Reaper {
  /** Whether every kill has been made. */
  readonly isDone: () => boolean;
  readonly kills: () => number;
  stop(): Promise<void>;
}

/**
 * Kills all workers at random points of the work, which are counted in requests to the store: so
 * many, spread over about as many requests as the work takes.
 */
export function startReaper(
  backend: Backend,
  options: { readonly kills: number; readonly seed: number; readonly requests: number },
): Reaper {
  const { kills, seed, requests } = options;
  const random = createRandom(seed);
  const from = backend.storeOps();
  const points = Array.from({ length: kills }, () => from + requests * random()).sort(
    (a, b) => a - b,
  );
  let made = 0;
  let isStopped = false;
  const running = run();

  return {
    isDone: () => made === kills,
    kills: () => made,
    async stop() {
      isStopped = true;
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!isStopped && made < kills) {
      const isTime = backend.storeOps() >= (points[made] ?? 0);
      if (isTime && (await reap(backend))) made += 1;
      else await delay(LOOK_MS);
    }
  }
}

/** `false` if no worker was at work. */
async function reap({ scf, database }: Backend): Promise<boolean> {
  const workers = scf.instances().filter((one) => one.function === 'worker');
  if (!workers.some(({ state }) => state === 'busy')) return false;
  await Promise.all(workers.map(({ id }) => scf.kill(id)));
  // Every holder of a lease or a transaction is dead; to wait for their ends would show nothing more.
  database.endTransactions();
  for (const document of await database.documents(jobCollection.name, { state: 'running' })) {
    await database.put(jobCollection.name, { ...document, dueAt: new Date() });
  }
  return true;
}
