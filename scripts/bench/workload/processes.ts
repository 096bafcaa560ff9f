import { type ChildProcess, fork } from 'node:child_process';
import type { Contestant } from '../contestants/list.ts';
import type { Mode } from './pushes.ts';
import type { Heap, Order, Round } from './worker.ts';

interface Results {
  readonly round: Round;
  readonly heap: Heap;
  readonly listen: number;
  /** The log lines since they were last asked for; `undefined` of who writes none. */
  readonly lines: readonly string[] | undefined;
  readonly cpu: number;
}

export interface Worker {
  readonly contestant: Contestant;
  ask<Kind extends Order['kind']>(order: Extract<Order, { kind: Kind }>): Promise<Results[Kind]>;
  close(): void;
}

type Reply = { readonly result: unknown } | { readonly error: string };

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Of `node`, beside those that all of them have. */
  readonly flags?: readonly string[];
}

/** Starts one process for each contestant, runs `task` and ends them. */
export async function withWorkers<T>(
  workerFile: string,
  contestants: readonly Contestant[],
  mode: Mode,
  task: (workers: readonly Worker[]) => Promise<T>,
  options: ProcessOptions = {},
): Promise<T> {
  const workers: Worker[] = [];
  try {
    for (const contestant of contestants) {
      workers.push(await startWorker(workerFile, contestant, mode, options));
    }
    return await task(workers);
  } finally {
    for (const worker of workers) worker.close();
  }
}

async function startWorker(
  workerFile: string,
  contestant: Contestant,
  mode: Mode,
  { env, flags = [] }: ProcessOptions,
) {
  const child = fork(workerFile, [contestant.file, mode], {
    execArgv: ['--expose-gc', '--disable-warning=DEP0005', '--disable-warning=DEP0169', ...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env, ...contestant.env },
  });
  await replyOf(child, contestant);
  const worker: Worker = {
    contestant,
    async ask(order) {
      const reply = replyOf(child, contestant);
      child.send(order);
      return (await reply) as never;
    },
    close: () => {
      child.kill();
    },
  };
  return worker;
}

/** One order at a time, so the next message is the answer. */
function replyOf(child: ChildProcess, { name }: Contestant): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (reply: Reply) => {
      child.off('exit', onExit);
      if ('error' in reply) reject(new Error(`${name}: ${reply.error}`));
      else resolve(reply.result);
    });
  });
}
