import { contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';

const BATCH = 1_000;
const SIZES = {
  long: { warmUp: 10_000, messages: 100_000 },
  short: { warmUp: 3_000, messages: 10_000 },
};
const SHORT_LIST = ['fast-xml-parser'];
const MB = 1_048_576;

/** (e) What a process holds after many encrypted messages, and what it held at most. */
export async function memory({ workerFile, oursFile, isShort }: BenchContext): Promise<PartReport> {
  const list = contestants(oursFile, isShort ? SHORT_LIST : undefined);
  const { warmUp, messages } = isShort ? SIZES.short : SIZES.long;
  const rows = await withWorkers(workerFile, list, 'safe', async (workers) => {
    const found = [];
    for (const worker of workers) {
      await send(worker, warmUp);
      const before = await worker.ask<'heap'>({ kind: 'heap' });
      await send(worker, messages - warmUp);
      const after = await worker.ask<'heap'>({ kind: 'heap' });
      const grown = after.heapBytes - before.heapBytes;
      found.push({
        name: worker.contestant.name,
        values: [after.heapBytes / MB, grown / MB, after.peakRssBytes / MB],
      });
      worker.close();
    }
    return found;
  });
  const of = (name: string, column: number) =>
    rows.find((row) => row.name === name)?.values[column] ?? Number.NaN;
  return {
    title: `Memory after ${messages.toLocaleString('en')} messages`,
    note: 'MB: the heap after a collection, how much it grew since the first tenth, and the largest RSS. Encrypted messages of every kind; a third of the heap is the benchmark itself.',
    columns: ['heap', 'grown', 'peak RSS'],
    rows: rows.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0)),
    ratios: {
      'memory, heap over fast-xml-parser': of('fuwuhao', 0) / of('fast-xml-parser', 0),
      'memory, peak RSS over fast-xml-parser': of('fuwuhao', 2) / of('fast-xml-parser', 2),
    },
    figures: { 'memory.peakRssMb': of('fuwuhao', 2) },
  };
}

async function send(worker: Worker, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += BATCH) {
    const { problems } = await worker.ask<'round'>({
      kind: 'round',
      workload: 'mix',
      count: BATCH,
    });
    if (problems.length > 0) {
      throw new Error(`${worker.contestant.name} answered wrongly: ${problems.join('; ')}`);
    }
  }
}
