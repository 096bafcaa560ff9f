/** What has been asked of the emulator since it started or was last cleared. */
export interface StatsSnapshot {
  readonly requests: number;
  readonly byAction: Readonly<Record<string, number>>;
  /** Of those that name a collection: how many of each action, by collection. */
  readonly byCollection: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly byErrorCode: Readonly<Record<string, number>>;
  readonly conflicts: number;
  readonly faults: number;
}

export interface Stats {
  request(action: string, collection?: string): void;
  error(code: string): void;
  fault(): void;
  snapshot(): StatsSnapshot;
  clear(): void;
}

export function createStats(): Stats {
  const actions = new Map<string, number>();
  const collections = new Map<string, Map<string, number>>();
  const errors = new Map<string, number>();
  let faults = 0;

  return {
    request(action, collection) {
      increment(actions, action);
      if (collection === undefined) return;
      const known = collections.get(collection) ?? new Map<string, number>();
      increment(known, action);
      collections.set(collection, known);
    },
    error: (code) => increment(errors, code),
    fault: () => {
      faults += 1;
    },
    snapshot: () => ({
      requests: [...actions.values()].reduce((sum, count) => sum + count, 0),
      byAction: Object.fromEntries(actions),
      byCollection: Object.fromEntries(
        [...collections].map(([name, counts]) => [name, Object.fromEntries(counts)]),
      ),
      byErrorCode: Object.fromEntries(errors),
      conflicts: errors.get('DATABASE_TRANSACTION_CONFLICT') ?? 0,
      faults,
    }),
    clear() {
      actions.clear();
      collections.clear();
      errors.clear();
      faults = 0;
    },
  };
}

function increment(counts: Map<string, number>, name: string) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
