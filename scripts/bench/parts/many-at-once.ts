import { Agent, request } from 'node:http';
import type { Contestant } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { quantile } from '../report/stats.ts';
import { problemsInLog } from '../workload/log-lines.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';
import { type BenchPush, makePushes, problemWith } from '../workload/pushes.ts';

const AT_ONCE = [1, 10, 50, 100, 200];
const STORE_MS = 10;
const ROUNDS_EACH = 40;
const MODE = 'safe';

/** (j) One process of an HTTP function with many messages in hand, before a store that takes its time. */
export async function manyAtOnce({ workerFile, serverFile }: BenchContext): Promise<PartReport> {
  const ours: Contestant = { name: 'fuwuhao', kind: 'ours', file: serverFile };
  const rows = await withWorkers(
    workerFile,
    [ours],
    MODE,
    async ([worker]) => {
      if (!worker) throw new Error('No process was started.');
      const port = await worker.ask<'listen'>({ kind: 'listen' });
      await load(worker, port, 50, 2_000);
      const measured = [];
      for (const atOnce of AT_ONCE) {
        const name = `${atOnce} at once`;
        measured.push({ name, values: await load(worker, port, atOnce, atOnce * ROUNDS_EACH) });
      }
      return measured;
    },
    { env: { BENCH_STORE_MS: String(STORE_MS) } },
  );
  return {
    title: 'Many messages in one process',
    note: `Encrypted texts to one process of an HTTP function, each with one write of ${STORE_MS} ms, for the handler is done when it returns. The process that sends and checks them has its share of the machine.`,
    columns: ['messages/s', 'p50 ms', 'p99 ms', 'CPU µs', 'peak RSS MB'],
    rows,
    ratios: {},
  };
}

async function load(
  worker: Worker,
  port: number,
  atOnce: number,
  count: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const send = sender(worker, (push) => post(agent, port, push), atOnce);
  // What stands in front of a server keeps its connections: to open them is no part of a message.
  await send(atOnce);
  const { seconds, cpuUs, latencies } = await send(count);
  const { peakRssBytes } = await worker.ask<'heap'>({ kind: 'heap' });
  agent.destroy();
  return [
    count / seconds,
    quantile(latencies, 0.5),
    quantile(latencies, 0.99),
    cpuUs / count,
    peakRssBytes / 1e6,
  ];
}

/** Sends pushes, so many at once, and checks what comes of them. */
function sender(worker: Worker, post: (push: BenchPush) => Promise<string>, atOnce: number) {
  return async (count: number) => {
    const pushes = makePushes(MODE, 'text', count, Date.now());
    const queue = pushes[Symbol.iterator]();
    const answers: (readonly [BenchPush, string])[] = [];
    const latencies: number[] = [];
    const cpuBefore = await worker.ask<'cpu'>({ kind: 'cpu' });
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const push of queue) {
          const sentAt = performance.now();
          answers.push([push, await post(push)]);
          latencies.push(performance.now() - sentAt);
        }
      }),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpuUs = (await worker.ask<'cpu'>({ kind: 'cpu' })) - cpuBefore;
    const lines = (await worker.ask<'lines'>({ kind: 'lines' })) ?? [];
    const [problem] = [
      ...answers.flatMap(([push, answer]) => problemWith(push, answer) ?? []),
      ...problemsInLog(pushes, lines),
    ];
    if (problem !== undefined) throw new Error(`A wrong answer or log line: ${problem}`);
    return { seconds, cpuUs, latencies };
  };
}

function post(agent: Agent, port: number, { query, body }: BenchPush): Promise<string> {
  const path = `/?${new URLSearchParams(query)}`;
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, port, host: '127.0.0.1', path, method: 'POST' });
    outgoing.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    outgoing.end(body);
  });
}
