import { contestants } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { problemsInLog } from '../workload/log-lines.ts';
import { createMistakes, type Mistakes } from '../workload/mistakes.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';
import { type BenchPush, type Mode, makePushes, modes, problemWith } from '../workload/pushes.ts';

/** Ours as an HTTP function has it, with its own server. */
const SERVER = 'fuwuhao, own server';
const CONNECTIONS = 16;
const ROUNDS = 9;
/** As many as in process: until then a server still compiles, and the larger one longer. */
const WARM_UP = 6_000;
const MESSAGES = 1_000;

/** (b) The same server around each contestant, called over keep-alive connections. */
export async function overHttp(context: BenchContext): Promise<PartReport> {
  const { workerFile, oursFile, serverFile } = context;
  const list = [
    ...contestants(oursFile),
    { name: SERVER, kind: 'ours', file: serverFile } as const,
  ];
  const table = new Map(list.map(({ name }) => [name, [] as number[]]));
  const mistakes = createMistakes();
  for (const mode of modes) {
    await withWorkers(workerFile, list, mode, async (workers) => {
      for (const [name, cpuUs] of await measure(workers, mode, mistakes)) {
        table.get(name)?.push(cpuUs);
      }
    });
  }
  const peers = list
    .filter(({ kind, name }) => kind === 'peer' && mistakes.isFree(name))
    .map(({ name }) => name);
  return {
    title: 'Callback over HTTP',
    note: `CPU µs a request of the server's process, ${CONNECTIONS} connections, the same \`node:http\` server around each but ours as an HTTP function; text messages.`,
    columns: [...modes],
    rows: [...table]
      .map(([name, values]) => ({ name: mistakes.label(name), values }))
      .sort((a, b) => (a.values.at(-1) ?? 0) - (b.values.at(-1) ?? 0)),
    ratios: Object.fromEntries(
      modes.flatMap((mode, index) => {
        const of = (name: string) => table.get(name)?.[index] ?? Number.NaN;
        const best = Math.min(...peers.map(of));
        return [
          [`over HTTP, ${mode}, CPU over the fastest peer`, of('fuwuhao') / best],
          [`over HTTP, ${mode}, own server, CPU over floor`, of(SERVER) / of('floor')],
        ];
      }),
    ),
  };
}

async function measure(workers: readonly Worker[], mode: Mode, mistakes: Mistakes) {
  const servers = [];
  for (const worker of workers) {
    const port = await worker.ask<'listen'>({ kind: 'listen' });
    servers.push({ worker, url: `http://127.0.0.1:${port}/`, costs: [] as number[] });
  }
  for (const { url, worker } of servers) await load({ url, worker, mode, mistakes }, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { url, worker, costs } of servers) {
      costs.push((await load({ url, worker, mode, mistakes }, MESSAGES)) / MESSAGES);
    }
  }
  return servers.map(({ worker, costs }) => [worker.contestant.name, median(costs)] as const);
}

interface Server {
  readonly url: string;
  readonly worker: Worker;
  readonly mode: Mode;
  readonly mistakes: Mistakes;
}

/** The CPU that the server used for it, in µs. */
async function load({ url, worker, mode, mistakes }: Server, count: number): Promise<number> {
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
  const problems = pushes.flatMap((push) => problemWith(push, answers.get(push) ?? '') ?? []);
  const lines = await worker.ask<'lines'>({ kind: 'lines' });
  mistakes.note(worker.contestant, [...problems, ...(lines ? problemsInLog(pushes, lines) : [])]);
  return used;
}

async function post(url: string, { query, body }: BenchPush): Promise<string> {
  const response = await fetch(`${url}?${new URLSearchParams(query)}`, { method: 'POST', body });
  return response.text();
}
