import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { benchAccount } from './account.ts';
import type { Answer, Create } from './contest.ts';
import { problemsInLog } from './log-lines.ts';
import { type BenchPush, type Mode, makePushes, problemWith, type Workload } from './pushes.ts';

/**
 * A process of one contestant, told what to do by its parent. Each of them has its own, so that what
 * one leaves on the heap or in the compiler is nobody else's.
 */
export type Order =
  | { readonly kind: 'round'; readonly workload: Workload; readonly count: number }
  | { readonly kind: 'heap' }
  | { readonly kind: 'listen' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'cpu' };

export interface Round {
  /** Of the process, user and system, in µs. */
  readonly cpuUs: number;
  /** What the heap has grown by; nonsense once something was collected meanwhile. */
  readonly heapBytes: number;
  /** Of each answer, and each log line, that was wrong. */
  readonly problems: readonly string[];
}
export interface Heap {
  readonly heapBytes: number;
  readonly peakRssBytes: number;
}

const [file = '', mode = ''] = process.argv.slice(2);
const answer = load();
const orders = {
  round: ({ workload, count }: Extract<Order, { kind: 'round' }>) => round(workload, count),
  heap,
  listen,
  lines: () => answer.takeLines?.(),
  cpu: () => cpuUs(),
};

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());
process.send?.({ result: 'ready' });

/** Never rejects: the parent hears of whatever fails. */
async function obey(order: Order): Promise<void> {
  try {
    process.send?.({ result: await orders[order.kind](order as never) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) });
  }
}

function load(): Answer {
  // Not an import: the bundle of this file must not hold the contestants.
  const { create, main } = require(file) as { readonly create?: Create; readonly main?: Create };
  const make = create ?? main;
  if (!make) throw new Error(`${file} makes no contestant`);
  return make({ account: benchAccount, mode: mode as Mode });
}

async function round(workload: Workload, count: number): Promise<Round> {
  const pushes = makePushes(mode as Mode, workload, count, Date.now());
  const answers: string[] = [];
  growOld();
  const heapBefore = process.memoryUsage().heapUsed;
  const before = cpuUs();
  for (const { query, body } of pushes) answers.push(await answer(query, body));
  const used = cpuUs() - before;
  const heapBytes = process.memoryUsage().heapUsed - heapBefore;
  return { cpuUs: used, heapBytes, problems: problemsOf(pushes, answers) };
}

/**
 * What a round needs leaves the young part of the heap before the clock runs. No instance holds a thousand
 * pushes, and to copy them would be most of what a collection costs, for whoever happens to cause one.
 */
function growOld(): void {
  for (let times = 0; times < 2; times += 1) globalThis.gc?.({ type: 'minor' });
}

function problemsOf(pushes: readonly BenchPush[], answers: readonly string[]): string[] {
  const lines = answer.takeLines?.();
  return [
    ...pushes.flatMap((push, index) => problemWith(push, answers[index] ?? '') ?? []),
    ...(lines ? problemsInLog(pushes, lines) : []),
  ];
}

function heap(): Heap {
  globalThis.gc?.();
  return {
    heapBytes: process.memoryUsage().heapUsed,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function respond(
  { url = '' }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const query = Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?') + 1)));
  try {
    response.end(await answer(query, body.toString('utf8')));
  } catch {
    response.writeHead(500).end();
  }
}

/** The same bare server around each contestant that has none. Resolves with its port. */
function listen(): Promise<number> {
  if (answer.listen) return answer.listen();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void respond(request, Buffer.concat(chunks), response));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
