import path from 'node:path';
import { buildEntries } from '../../build/build.ts';
import { type Contestant, contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { createMistakes } from '../workload/mistakes.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';

/** What a handler does decides what its message costs. */
const kinds = ['pure', 'synchronous', 'waiting'];
const MODE = 'safe';
const FIRST = 100;
/** An instance has answered so many messages before it counts as warm. */
const WARM_UP = 4_000;
const SIZES = { long: { starts: 7, rounds: 11 }, short: { starts: 3, rounds: 5 } };
const MESSAGES = 400;

/** (k) The first messages of an instance, and later ones, with routes, inbox and store. */
export async function wholePath(context: BenchContext): Promise<PartReport> {
  const { root, folder, workerFile, oursFile, isShort } = context;
  const entries = kinds.map((kind) => ({
    name: `stored-${kind}`,
    entry: `scripts/bench/contestants/stored-${kind}.ts`,
  }));
  const built = await buildEntries({ root, outDir: path.join(folder, 'stored'), entries });
  const list: readonly Contestant[] = [
    ...contestants(oursFile, ['nest-wechat']),
    ...built.map(({ name, file }) => ({ name: `fuwuhao, ${name}`, kind: 'ours' as const, file })),
  ];
  const { starts, rounds } = isShort ? SIZES.short : SIZES.long;
  const mistakes = createMistakes();
  const [first, warm] = [costsOf(list), costsOf(list)];
  for (let start = 1; start <= starts; start += 1) {
    await withWorkers(workerFile, list, MODE, async (workers) => {
      for (const worker of workers) await measure(worker, FIRST, first);
      if (start < starts) return;
      for (const worker of workers) await measure(worker, WARM_UP);
      for (let round = 0; round < rounds; round += 1) {
        for (const worker of workers) await measure(worker, MESSAGES, warm);
      }
    });
  }
  return {
    title: 'The whole path of a message',
    note: 'CPU µs of an encrypted message. "stored": behind sixteen routes of other messages, with the inbox and all of the store but its database, which answers at once; its handler is pure (nothing is stored), done when it returns (one write) or waiting (two). The peer has neither.',
    columns: [`messages 1 to ${FIRST}`, 'warm'],
    rows: list.map(({ name }) => ({
      name: mistakes.label(name),
      values: [median(first.get(name) ?? []), median(warm.get(name) ?? [])],
    })),
    ratios: {},
  };

  async function measure(
    worker: Worker,
    count: number,
    costs?: ReadonlyMap<string, number[]>,
  ): Promise<void> {
    const round = await worker.ask<'round'>({ kind: 'round', workload: 'mix', count });
    mistakes.note(worker.contestant, round.problems);
    costs?.get(worker.contestant.name)?.push(round.cpuUs / count);
  }
}

function costsOf(list: readonly Contestant[]): ReadonlyMap<string, number[]> {
  return new Map(list.map(({ name }) => [name, []]));
}
