import { contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { createMistakes, type Mistakes } from '../workload/mistakes.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';
import { type Mode, modes, type Workload, workloads } from '../workload/pushes.ts';

/** A round is long enough for several collections of each contestant: one more or less must not decide. */
const SIZES = {
  long: { rounds: 9, messages: 3_000, warmUp: 6_000 },
  short: { rounds: 7, messages: 2_000, warmUp: 4_000 },
};
/**
 * No collection of the old part of the heap falls into a round: nothing lives that long but the pushes and
 * answers of the benchmark itself.
 */
const ROOM = ['--initial-old-space-size=400'];
/** Those that the short form needs: the fastest peer, and a floor. */
const SHORT_LIST = ['nest-wechat', 'fast-xml-parser'];

/** (a) From one push to the body of its answer, in a process of its own for each contestant. */
export async function inProcess({
  workerFile,
  oursFile,
  isShort,
}: BenchContext): Promise<PartReport> {
  const list = contestants(oursFile, isShort ? SHORT_LIST : undefined);
  const columns: { readonly mode: Mode; readonly workload: Workload }[] = modes.flatMap((mode) =>
    (isShort ? (['mix'] as const) : workloads).map((workload) => ({ mode, workload })),
  );
  const table = new Map(list.map(({ name }) => [name, [] as number[]]));
  const mistakes = createMistakes();
  for (const mode of modes) {
    const inMode = columns.filter((column) => column.mode === mode);
    const measureAll = async (workers: readonly Worker[]) => {
      for (const { workload } of inMode) {
        const sizes = isShort ? SIZES.short : SIZES.long;
        const medians = await measure(workers, workload, sizes, mistakes);
        for (const [name, cpuUs] of medians) table.get(name)?.push(cpuUs);
      }
    };
    await withWorkers(workerFile, list, mode, measureAll, { flags: ROOM });
  }
  const ours = table.get('fuwuhao') ?? [];
  const peers = list
    .filter(({ kind, name }) => kind === 'peer' && mistakes.isFree(name))
    .map(({ name }) => name);
  const ratioTo = (name: string, others: readonly string[]) =>
    Object.fromEntries(
      columns.map(({ mode, workload }, index) => {
        const best = Math.min(...others.map((other) => table.get(other)?.[index] ?? Number.NaN));
        const label = `in process, ${mode} ${workload}, CPU over ${name}`;
        return [label, (ours[index] ?? Number.NaN) / best];
      }),
    );
  return {
    title: 'Callback in process',
    note: 'CPU µs a message, user and system: verify, parse, run a handler, build and seal the reply. Every answer was opened and compared.',
    columns: columns.map(({ mode, workload }) => `${mode} ${workload}`),
    rows: [...table]
      .map(([name, values]) => ({ name: mistakes.label(name), values }))
      .sort((a, b) => (a.values.at(-1) ?? 0) - (b.values.at(-1) ?? 0)),
    ratios: {
      ...ratioTo('the fastest peer', peers),
      ...ratioTo('fast-xml-parser', ['fast-xml-parser']),
      ...(isShort ? {} : ratioTo('strict', ['strict'])),
    },
  };
}

/** Rounds in turns, so that whatever else the machine does slows all of them alike. */
async function measure(
  workers: readonly Worker[],
  workload: Workload,
  { rounds, messages, warmUp }: (typeof SIZES)['long'],
  mistakes: Mistakes,
): Promise<ReadonlyMap<string, number>> {
  const costs = new Map(workers.map(({ contestant }) => [contestant.name, [] as number[]]));
  for (const worker of workers) await run(worker, workload, warmUp, mistakes);
  for (let round = 0; round < rounds; round += 1) {
    for (const worker of workers) {
      const cpuUs = await run(worker, workload, messages, mistakes);
      costs.get(worker.contestant.name)?.push(cpuUs / messages);
    }
  }
  return new Map([...costs].map(([name, values]) => [name, median(values)]));
}

async function run(
  worker: Worker,
  workload: Workload,
  count: number,
  mistakes: Mistakes,
): Promise<number> {
  const { cpuUs, problems } = await worker.ask<'round'>({ kind: 'round', workload, count });
  mistakes.note(worker.contestant, problems);
  return cpuUs;
}
