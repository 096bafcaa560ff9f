import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Book } from './book.ts';
import type { Change, Sections, Snapshot } from './feed.ts';

/** The state as it is and, for whoever listens, as it changes. */
export interface Live {
  snapshot(): Promise<Snapshot>;
  /** Calls `onChanges` until the function returned is called. */
  listen(onChanges: (changes: readonly Change[]) => void): () => void;
  /** Something has changed: looks soon, not at the next tick. */
  touch(): void;
  close(): void;
}

const TICK_MS = 1_000;
const SOON_MS = 80;

export function createLive(book: Book, read: () => Promise<Sections>): Live {
  const boot = randomUUID();
  let known: Sections = {};
  let reading: Promise<void> | undefined;
  let isClosed = false;
  let soon: NodeJS.Timeout | undefined;
  let listeners = 0;
  const ticker = setInterval(() => listeners > 0 && refreshSoon(), TICK_MS).unref();
  // Whatever was said or called may have changed more than itself.
  book.hub.listen((changes) => {
    if (changes.some(({ kind }) => kind !== 'section')) touch();
  });

  return {
    async snapshot() {
      await refresh();
      const { conversations, traffic, logs } = book;
      return {
        boot,
        chat: conversations.list(),
        traffic: traffic.rows(),
        logs: logs.list(),
        sections: known,
      };
    },
    listen(onChanges) {
      listeners += 1;
      const stop = book.hub.listen(onChanges);
      return () => {
        listeners -= 1;
        stop();
      };
    },
    touch,
    close() {
      isClosed = true;
      clearInterval(ticker);
      clearTimeout(soon);
      book.hub.close();
    },
  };

  function touch(): void {
    soon ??= setTimeout(() => {
      soon = undefined;
      refreshSoon();
    }, SOON_MS).unref();
  }

  function refreshSoon(): void {
    refresh().catch((error: unknown) => {
      // What a look that was under way wanted to read may have been closed after the page.
      if (!isClosed) console.error('Simulator:', error);
    });
  }

  /** One at a time: whoever comes meanwhile waits for the one under way and looks once more. */
  async function refresh(): Promise<void> {
    await reading;
    reading ??= look().finally(() => {
      reading = undefined;
    });
    await reading;
  }

  async function look(): Promise<void> {
    const next = await read();
    for (const [name, value] of Object.entries(next)) {
      if (isDeepStrictEqual(value, known[name])) continue;
      book.hub.emit({ kind: 'section', name, value });
    }
    known = next;
  }
}
