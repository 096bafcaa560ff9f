import type { Change, Emit } from './feed.ts';

/** Who listens gets the changes of a short while together: a burst is one message. */
export interface Hub {
  readonly emit: Emit;
  /** Calls `onChanges` until the function returned is called. */
  listen(onChanges: (changes: readonly Change[]) => void): () => void;
  close(): void;
}

const GATHER_MS = 30;

export function createHub(): Hub {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  let gathered: Change[] = [];
  let timer: NodeJS.Timeout | undefined;

  return {
    emit(change) {
      if (listeners.size === 0) return;
      gathered.push(change);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
    listen(onChanges) {
      // What was gathered before it came is in its snapshot already; twice does no harm.
      listeners.add(onChanges);
      return () => void listeners.delete(onChanges);
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };

  function flush() {
    timer = undefined;
    const changes = gathered;
    gathered = [];
    for (const listener of listeners) listener(changes);
  }
}
