import { spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import type { FromInstance, ToInstance } from './channel.ts';
import { createLineReader } from './lines.ts';
import { residentMb } from './memory.ts';

export interface WorkerOptions {
  /** The file that `compileBootstrap` made. */
  readonly bootstrap: string;
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  readonly memoryMb: number;
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Hears of connections that the process opens and closes, by its own port. */
  readonly onSocket?: (port: number, isOpen: boolean) => void;
}

/** What the process said, or what became of it instead. */
export type Answer =
  | Exclude<FromInstance, { kind: 'output' | 'socket' }>
  | { readonly kind: 'exit'; readonly how: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'out-of-memory' };

export interface Exchange {
  readonly answer: Answer;
  /** The most resident memory that was seen meanwhile; 0 where the system does not tell. */
  readonly peakMb: number;
}

/** A process that runs the bootstrap. Signals go to it and to all that it has started. */
export interface WorkerProcess {
  /** 0 if it could not be started; then every exchange says why. */
  readonly pid: number;
  /** Gives an order and waits. A process that is late or too large is dead when this resolves. */
  exchange(order: ToInstance, limitMs: number): Promise<Exchange>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
  /** Resolves when it is gone, for whatever reason, and all that it had written has been read. */
  readonly gone: Promise<void>;
}

const MEMORY_CHECK_MS = 50;

export function startWorker(options: WorkerOptions): WorkerProcess {
  const { bootstrap, cwd, env, memoryMb, onLine, onSocket } = options;
  const child = spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, bootstrap], {
    cwd,
    env,
    // Makes it the leader of a process group.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [, stdout, stderr, channel] = child.stdio as unknown as [null, Readable, Readable, Duplex];
  const { pid } = child;

  let answered: (answer: Answer) => void = () => {};
  let exit: Answer | undefined;
  let isOutOfHeap = false;
  const readers = () => ({
    stdout: createLineReader((line) => onLine('stdout', line)),
    stderr: createLineReader((line) => onLine('stderr', line)),
  });
  const output = readers();
  // What does not pass through the runtime: V8's last words, native code, other programs.
  const rawOutput = readers();
  const messages = createLineReader((line) => {
    const message = JSON.parse(line) as FromInstance;
    if (message.kind === 'output') output[message.stream].push(message.text);
    else if (message.kind === 'socket') onSocket?.(message.port, message.isOpen);
    else answered(message);
  });
  channel.setEncoding('utf8').on('data', (text: string) => messages.push(text));
  // Writing to a dead process: its exit says all there is to say.
  channel.on('error', () => {});
  stdout.setEncoding('utf8').on('data', (text: string) => rawOutput.stdout.push(text));
  stderr.setEncoding('utf8').on('data', (text: string) => {
    isOutOfHeap ||= text.includes('heap out of memory');
    rawOutput.stderr.push(text);
  });
  // Others of its group may hold the pipes, and `close` waits for those.
  child.on('exit', () => signal('SIGKILL'));
  const gone = new Promise<void>((resolve) => {
    const end = (how: string) => {
      flush();
      exit = isOutOfHeap ? { kind: 'out-of-memory' } : { kind: 'exit', how };
      answered(exit);
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, by) => end(by ? `signal ${by}` : `exit code ${code}`));
  });

  return {
    pid: pid ?? 0,
    async exchange(order, limitMs) {
      let peakMb = 0;
      const answer = await new Promise<Answer>((resolve) => {
        const checkMemory = () => {
          peakMb = Math.max(peakMb, (pid && residentMb(pid)) || 0);
          if (peakMb > memoryMb) answered({ kind: 'out-of-memory' });
        };
        const deadline = setTimeout(() => answered({ kind: 'late' }), limitMs);
        const watch = setInterval(checkMemory, MEMORY_CHECK_MS);
        answered = (answer) => {
          answered = () => {};
          clearTimeout(deadline);
          clearInterval(watch);
          resolve(answer);
        };
        if (exit) answered(exit);
        else channel.write(`${JSON.stringify(order)}\n`);
      });
      if (answer.kind === 'late' || answer.kind === 'out-of-memory') await kill();
      flush();
      return { answer, peakMb };
    },
    signal,
    kill,
    gone,
  };

  function flush(): void {
    for (const { stdout, stderr } of [output, rawOutput]) {
      stdout.flush();
      stderr.flush();
    }
  }

  function kill(): Promise<void> {
    signal('SIGKILL');
    return gone;
  }

  function signal(name: NodeJS.Signals): void {
    if (!pid) return;
    try {
      process.kill(-pid, name);
    } catch {
      // The whole group is gone already.
    }
  }
}
