/** Locks by name, each held by one owner until the owner lets go of all of its locks. */
export interface Locks {
  /** `false` if another owner holds it. */
  acquire(name: string, owner: string): boolean;
  holder(name: string): string | undefined;
  releaseAll(owner: string): void;
  /** Resolves when any lock has been released, or at the next `nudge`. */
  changed(): Promise<void>;
  /** Wakes everyone who waits, so that they look at the clock again. */
  nudge(): void;
}

export function createLocks(): Locks {
  const holders = new Map<string, string>();
  let waiters: (() => void)[] = [];

  return {
    acquire(name, owner) {
      const holder = holders.get(name);
      if (holder !== undefined) return holder === owner;
      holders.set(name, owner);
      return true;
    },
    holder: (name) => holders.get(name),
    releaseAll(owner) {
      for (const [name, holder] of holders) if (holder === owner) holders.delete(name);
      wake();
    },
    changed: () => new Promise((resolve) => waiters.push(resolve)),
    nudge: wake,
  };

  function wake() {
    const woken = waiters;
    waiters = [];
    for (const resolve of woken) resolve();
  }
}

export const documentLock = (collection: string, key: string) => `d/${collection}/${key}`;

export const entryLock = (collection: string, index: string, entry: string) =>
  `u/${collection}/${index}/${entry}`;
