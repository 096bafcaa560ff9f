/** What is to happen, by time; of two things at the same time the one that was put in first. */
export interface Agenda {
  /** Time of the event that runs, in ms. */
  now(): number;
  after(delayMs: number, task: () => void): void;
  /** Runs everything, and what that puts in, until nothing is left. */
  run(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** A binary heap. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let now = 0;
  let order = 0;

  return {
    now: () => now,
    after(delayMs, task) {
      order += 1;
      push({ at: now + Math.max(0, delayMs), order, task });
    },
    run() {
      for (let next = pop(); next; next = pop()) {
        now = next.at;
        next.task();
      }
    },
  };

  function push(entry: Entry): void {
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent])) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  function pop(): Entry | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b) return a !== undefined;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
