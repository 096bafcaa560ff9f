import path from 'node:path';
import { buildEntries } from '../../build/build.ts';
import { ownAccount } from '../../project/root.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import type { Contestant } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { accountEnv } from '../workload/cold-process.ts';
import { platformEnv } from '../workload/environment.ts';
import { createMistakes } from '../workload/mistakes.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';

const MODE = 'safe';
const FIRST = 100;
const SIZES = {
  long: { starts: 5, warmUp: 4_000, rounds: 9 },
  short: { starts: 2, warmUp: 500, rounds: 3 },
};
const MESSAGES = 200;
const STORES = { cloudbase: 'documents, node-sdk', postgres: 'PostgreSQL' } as const;

/** (m) The account as it is shipped, with its routes, the inbox and each store. */
export async function shipped(context: BenchContext): Promise<PartReport> {
  const { root, folder, workerFile, isShort } = context;
  const { starts, warmUp, rounds } = isShort ? SIZES.short : SIZES.long;
  const emulations: Emulation[] = [];
  try {
    const list = [await inMemory(root, folder)];
    for (const store of ['cloudbase', 'postgres'] as const) {
      const outDir = path.join(folder, `shipped-${store}`);
      const emulation = await startEmulation({
        ...{ root, account: ownAccount(root), outDir, store, mode: MODE },
        ...{ port: 0, timers: 'hand' },
      });
      emulations.push(emulation);
      list.push(deployed(emulation, STORES[store], path.join(outDir, 'callback/index.js')));
    }
    const mistakes = createMistakes();
    const costs = new Map(list.map(({ name }) => [name, { first: [], warm: [] } as Costs]));
    for (let start = 1; start <= starts; start += 1) {
      await withWorkers(workerFile, list, MODE, async (workers) => {
        for (const worker of workers)
          costs.get(worker.contestant.name)?.first.push(await measure(worker, FIRST));
        if (start < starts) return;
        for (const worker of workers) await measure(worker, warmUp);
        for (let round = 0; round < rounds; round += 1) {
          for (const worker of workers)
            costs.get(worker.contestant.name)?.warm.push(await measure(worker, MESSAGES));
        }
      });
    }
    return {
      title: 'The shipped account on each store',
      note: 'CPU µs of an encrypted text in the process of the callback: functions/callback/account.ts with all its routes, the inbox with one write, and the store. "memory" has all rules of a store, and a database that answers at once; the other two are the deployed bundle before our CloudBase and a real PostgreSQL on this machine.',
      columns: [`messages 1 to ${FIRST}`, 'warm'],
      rows: [...costs].map(([name, { first, warm }]) => ({
        name: mistakes.label(name),
        values: [median(first), median(warm)],
      })),
      ratios: {},
    };

    async function measure({ contestant, ask }: Worker, count: number): Promise<number> {
      const { cpuUs, problems } = await ask<'round'>({ kind: 'round', workload: 'echo', count });
      mistakes.note(contestant, problems);
      return cpuUs / count;
    }
  } finally {
    for (const emulation of emulations.reverse()) await emulation.close();
  }
}

interface Costs {
  readonly first: number[];
  readonly warm: number[];
}

async function inMemory(root: string, folder: string): Promise<Contestant> {
  const name = 'stored-shipped';
  const entry = `scripts/bench/contestants/${name}.ts`;
  const [built] = await buildEntries({
    root,
    outDir: path.join(folder, 'shipped'),
    entries: [{ name, entry }],
  });
  return { name: 'memory', kind: 'ours', file: built?.file ?? '' };
}

function deployed(
  { urls, environment, database }: Emulation,
  name: string,
  bundle: string,
): Contestant {
  return {
    name,
    kind: 'ours',
    file: path.join(import.meta.dirname, '../contestants/deployed.cjs'),
    env: {
      ...accountEnv,
      ...platformEnv(urls.cloudbase, environment),
      ...database.env,
      BENCH_BUNDLE: bundle,
    },
  };
}
