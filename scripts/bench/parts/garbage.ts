import { contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { createMistakes } from '../workload/mistakes.ts';
import { withWorkers } from '../workload/processes.ts';
import { modes, type Workload, workloads } from '../workload/pushes.ts';

const SIZES = { long: { rounds: 9, warmUp: 6_000 }, short: { rounds: 5, warmUp: 3_000 } };
/** What they leave has to find room until the round is over. */
const MESSAGES = 1_000;
const SHORT_LIST = ['nest-wechat'];
const ROOM = ['--min-semi-space-size=256', '--max-semi-space-size=256'];

/** (l) What a message leaves behind for the collector. */
export async function garbage({
  workerFile,
  oursFile,
  isShort,
}: BenchContext): Promise<PartReport> {
  const { rounds, warmUp } = isShort ? SIZES.short : SIZES.long;
  const list = contestants(oursFile, isShort ? SHORT_LIST : undefined);
  const mistakes = createMistakes();
  const table = new Map(list.map(({ name }) => [name, [] as number[]]));
  for (const mode of modes) {
    await withWorkers(
      workerFile,
      list,
      mode,
      async (workers) => {
        for (const { contestant, ask, close } of workers) {
          const round = async (workload: Workload, count: number) => {
            await ask<'heap'>({ kind: 'heap' });
            const { heapBytes, problems } = await ask<'round'>({ kind: 'round', workload, count });
            mistakes.note(contestant, problems);
            return heapBytes / count / 1_000;
          };
          for (const workload of workloads) {
            await round(workload, warmUp);
            const found = [];
            for (let at = 0; at < rounds; at += 1) found.push(await round(workload, MESSAGES));
            table.get(contestant.name)?.push(median(found));
          }
          close();
        }
      },
      { flags: ROOM },
    );
  }
  const [ours = [], strict = []] = ['fuwuhao', 'strict'].map((name) => table.get(name));
  return {
    title: 'Garbage of a message',
    note: 'KB of the heap that are not needed any more when the answer is given, and the answer itself.',
    columns: modes.flatMap((mode) => workloads.map((workload) => `${mode} ${workload}`)),
    rows: [...table]
      .map(([name, values]) => ({ name: mistakes.label(name), values }))
      .sort((a, b) => (a.values.at(-1) ?? 0) - (b.values.at(-1) ?? 0)),
    ratios: isShort ? {} : { 'garbage, safe mix, over strict': (ours[3] ?? 0) / (strict[3] ?? 0) },
  };
}
