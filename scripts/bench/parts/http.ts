import { contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';
import { type BenchPush, type Mode, makePushes, modes, problemWith } from '../workload/pushes.ts';

const CONNECTIONS = 16;
const ROUNDS = 7;
const WARM_UP = 1_000;
const MESSAGES = 500;

/** (b) The same server around each contestant, called over keep-alive connections. */
export async function overHttp({ workerFile, oursFile }: BenchContext): Promise<PartReport> {
  const list = contestants(oursFile);
  const table = new Map(list.map(({ name }) => [name, [] as number[]]));
  for (const mode of modes) {
    await withWorkers(workerFile, list, mode, async (workers) => {
      for (const [name, cpuUs] of await measure(workers, mode)) table.get(name)?.push(cpuUs);
    });
  }
  const ours = table.get('fuwuhao') ?? [];
  const peers = list.filter(({ kind }) => kind === 'peer').map(({ name }) => name);
  return {
    title: 'Callback over HTTP',
    note: `CPU µs a request of the server's process, ${CONNECTIONS} connections, the same \`node:http\` server around each; text messages.`,
    columns: [...modes],
    rows: [...table]
      .map(([name, values]) => ({ name, values }))
      .sort((a, b) => (a.values.at(-1) ?? 0) - (b.values.at(-1) ?? 0)),
    ratios: Object.fromEntries(
      modes.map((mode, index) => {
        const best = Math.min(...peers.map((name) => table.get(name)?.[index] ?? Number.NaN));
        return [
          `over HTTP, ${mode}, CPU over the fastest peer`,
          (ours[index] ?? Number.NaN) / best,
        ];
      }),
    ),
  };
}

async function measure(workers: readonly Worker[], mode: Mode) {
  const servers = [];
  for (const worker of workers) {
    const port = await worker.ask<'listen'>({ kind: 'listen' });
    servers.push({ worker, url: `http://127.0.0.1:${port}/`, costs: [] as number[] });
  }
  for (const { url, worker } of servers) await load(url, worker, mode, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { url, worker, costs } of servers) {
      costs.push((await load(url, worker, mode, MESSAGES)) / MESSAGES);
    }
  }
  return servers.map(({ worker, costs }) => [worker.contestant.name, median(costs)] as const);
}

/** The CPU that the server used for it, in µs. */
async function load(url: string, worker: Worker, mode: Mode, count: number): Promise<number> {
  const pushes = makePushes(mode, 'text', count, Date.now());
  const queue = pushes[Symbol.iterator]();
  const answers = new Map<BenchPush, string>();
  const before = await worker.ask<'cpu'>({ kind: 'cpu' });
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const push of queue) answers.set(push, await post(url, push));
    }),
  );
  const used = (await worker.ask<'cpu'>({ kind: 'cpu' })) - before;
  for (const push of pushes) {
    const problem = problemWith(push, answers.get(push) ?? '');
    if (problem) throw new Error(`${worker.contestant.name} answered wrongly: ${problem}`);
  }
  return used;
}

async function post(url: string, { query, body }: BenchPush): Promise<string> {
  const response = await fetch(`${url}?${new URLSearchParams(query)}`, { method: 'POST', body });
  return response.text();
}
