import type { InvocationRecord, LogLine } from '../../emulator/scf/invocation.ts';

/** The same things as one side or the other has counted them. */
export interface Counts {
  /** Messages that the callback has answered. */
  readonly answers: number;
  /** Calls of the customer-service API. */
  readonly calls: number;
  /** Processes of the callback. */
  readonly coldStarts: number;
}

/** What an instance of the callback has in memory, by what its log says. */
interface Memory {
  unwritten: number;
  /** Being written; it counts as written when nothing else is heard of it. */
  inFlight: number;
  hasWritten: boolean;
  /** Of the message that it answered last. */
  requestId?: string;
}

/** Sees everything from outside: the emulators' own counts, and the log of each instance. */
export interface Witness {
  /** Takes each log line of the functions, at level debug. */
  line(line: LogLine): void;
  invocation(record: InvocationRecord): void;
  killed(instance: string): void;
  /** Whether nothing that the instance has counted is in its memory only. */
  hasWritten(instance: string): boolean;
  happened(): Omit<Counts, 'calls'>;
  mayBeLost(): Counts;
}

export function createWitness(): Witness {
  const memories = new Map<string, Memory>();
  const started = new Set<string>();
  const answered = new Set<string>();
  const lost = { answers: 0, calls: 0, coldStarts: 0 };

  return {
    line({ function: name, instance, stream, requestId, line }) {
      if (name !== 'callback' || stream !== 'stdout') return;
      const memory = memories.get(instance) ?? { unwritten: 0, inFlight: 0, hasWritten: false };
      memories.set(instance, memory);
      started.add(instance);
      switch ((JSON.parse(line) as { event?: unknown }).event) {
        case 'answered':
          memory.unwritten += 1;
          memory.requestId = requestId;
          break;
        case 'instance at rest':
          memory.inFlight = memory.unwritten;
          memory.unwritten = 0;
          memory.hasWritten = true;
          break;
        case 'metrics not written':
          memory.unwritten += memory.inFlight;
          memory.inFlight = 0;
      }
    },
    invocation({ function: name, outcome }) {
      const isAnswer = name === 'callback' && outcome.ok && isGood(outcome.result);
      if (isAnswer) answered.add(outcome.requestId);
    },
    killed(instance) {
      const memory = memories.get(instance);
      const answers = (memory?.unwritten ?? 0) + (memory?.inFlight ?? 0);
      lost.answers += answers;
      // Each message makes one call at most, also the one that was in hand.
      lost.calls += answers + 1;
      lost.coldStarts += 1;
      // It had answered, though nobody heard of it.
      if (memory?.requestId) answered.add(memory.requestId);
      memories.delete(instance);
    },
    hasWritten(instance) {
      const memory = memories.get(instance);
      return memory?.unwritten === 0 && memory.hasWritten;
    },
    happened: () => ({ answers: answered.size, coldStarts: started.size }),
    mayBeLost: () => lost,
  };
}

function isGood(result: unknown): boolean {
  return (result as { statusCode?: unknown }).statusCode === 200;
}
