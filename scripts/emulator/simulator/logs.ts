import type { LogLine } from '../scf/invocation.ts';
import type { Emit, LogEntry } from './feed.ts';
import { createRing } from './ring.ts';

const MAX_LINES = 2_000;
const MAX_LINE_CHARS = 4_000;

/** What the functions have written lately. */
export interface Logs {
  note(line: LogLine, at: number): void;
  list(): LogEntry[];
  /** Those that were written while one of these requests ran. */
  ofRequests(requestIds: readonly string[]): LogEntry[];
  /** The requests that have written one of these words. */
  requestsAbout(words: readonly string[]): readonly string[];
}

export function createLogs(emit: Emit): Logs {
  const ring = createRing<LogEntry>(MAX_LINES);
  return {
    note(line, at) {
      const text = line.line.slice(0, MAX_LINE_CHARS);
      const entry = ring.add((id) => ({ ...line, line: text, id, at }));
      emit({ kind: 'log', line: entry });
    },
    list: ring.list,
    ofRequests: (requestIds) => ring.list().filter((each) => requestIds.includes(each.requestId)),
    requestsAbout(words) {
      const found = ring.list().filter(({ line }) => words.some((word) => line.includes(word)));
      return [...new Set(found.map(({ requestId }) => requestId))];
    },
  };
}
