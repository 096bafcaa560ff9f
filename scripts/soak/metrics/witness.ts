import type { InvocationRecord, LogLine } from '../../emulator/scf/invocation.ts';

/** The same things, counted by one side or the other. */
export interface Counts {
  /** Messages that the callback has answered. */
  readonly answers: number;
  /** Calls of the customer-service API. */
  readonly calls: number;
  /** Processes of the callback. */
  readonly coldStarts: number;
}

interface Tally {
  readonly answers: number;
  readonly calls: number;
}

const NOTHING: Tally = { answers: 0, calls: 0 };

/** What an instance has in memory, by its log. */
interface Memory {
  unwritten: Tally;
  /** Being written. It counts as written unless the log tells otherwise. */
  inFlight: Tally;
  hasWritten: boolean;
  /** The request ids of the messages that it has answered. */
  readonly requestIds: string[];
}

/** Counts everything from outside, by the emulators and by the log of each instance. */
export interface Witness {
  /** Takes each log line of the functions, at level debug. */
  line(line: LogLine): void;
  invocation(record: InvocationRecord): void;
  killed(instance: string): void;
  /** Whether the instance has written all that it has counted. */
  hasWritten(instance: string): boolean;
  happened(): Omit<Counts, 'calls'>;
  mayBeLost(): Counts;
}

/** `concurrency`: how many messages an instance may have in hand. */
export function createWitness(concurrency = 1): Witness {
  const memories = new Map<string, Memory>();
  const started = new Set<string>();
  const answered = new Set<string>();
  const lost = { answers: 0, calls: 0, coldStarts: 0 };

  return {
    line({ function: name, instance, stream, requestId, line }) {
      if (stream !== 'stdout') return;
      const fresh = { unwritten: NOTHING, inFlight: NOTHING, hasWritten: false, requestIds: [] };
      const memory: Memory = memories.get(instance) ?? fresh;
      memories.set(instance, memory);
      if (name === 'callback') started.add(instance);
      switch ((JSON.parse(line) as { event?: unknown }).event) {
        case 'wechat called':
          memory.unwritten = plus(memory.unwritten, { answers: 0, calls: 1 });
          break;
        case 'answered':
          memory.unwritten = plus(memory.unwritten, { answers: 1, calls: 0 });
          memory.requestIds.push(requestId);
          break;
        case 'memory measured':
          memory.inFlight = memory.unwritten;
          memory.unwritten = NOTHING;
          memory.hasWritten = true;
          break;
        case 'metrics not written':
          memory.unwritten = plus(memory.unwritten, memory.inFlight);
          memory.inFlight = NOTHING;
      }
    },
    invocation({ function: name, outcome }) {
      const isAnswer = name === 'callback' && outcome.ok && isGood(outcome.result);
      if (isAnswer) answered.add(outcome.requestId);
    },
    killed(instance) {
      const memory = memories.get(instance);
      const unknown = memory ? plus(memory.unwritten, memory.inFlight) : NOTHING;
      lost.answers += unknown.answers;
      // The instance may have been at as many more messages as it takes.
      lost.calls += unknown.calls + concurrency;
      lost.coldStarts += 1;
      // It had answered them, although answers were lost.
      for (const requestId of memory?.requestIds ?? []) answered.add(requestId);
      memories.delete(instance);
    },
    hasWritten(instance) {
      const memory = memories.get(instance);
      return memory?.unwritten === NOTHING && memory.hasWritten;
    },
    happened: () => ({ answers: answered.size, coldStarts: started.size }),
    mayBeLost: () => lost,
  };
}

function plus(a: Tally, b: Tally): Tally {
  return { answers: a.answers + b.answers, calls: a.calls + b.calls };
}

function isGood(result: unknown): boolean {
  const { status, statusCode = status } = result as Record<'status' | 'statusCode', unknown>;
  return statusCode === 200;
}
