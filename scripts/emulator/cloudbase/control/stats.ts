/** What has been asked of the emulator since it started or was last cleared. */
export interface StatsSnapshot {
  readonly requests: number;
  readonly byAction: Readonly<Record<string, number>>;
  readonly byErrorCode: Readonly<Record<string, number>>;
  readonly conflicts: number;
  readonly faults: number;
}

export interface Stats {
  request(action: string): void;
  error(code: string): void;
  fault(): void;
  snapshot(): StatsSnapshot;
  clear(): void;
}

export function createStats(): Stats {
  const actions = new Map<string, number>();
  const errors = new Map<string, number>();
  let faults = 0;

  return {
    request: (action) => increment(actions, action),
    error: (code) => increment(errors, code),
    fault: () => {
      faults += 1;
    },
    snapshot: () => ({
      requests: [...actions.values()].reduce((sum, count) => sum + count, 0),
      byAction: Object.fromEntries(actions),
      byErrorCode: Object.fromEntries(errors),
      conflicts: errors.get('DATABASE_TRANSACTION_CONFLICT') ?? 0,
      faults,
    }),
    clear() {
      actions.clear();
      errors.clear();
      faults = 0;
    },
  };
}

function increment(counts: Map<string, number>, name: string) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
