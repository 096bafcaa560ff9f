import type { Storage } from './storage.ts';

/** How long the old openids can be exchanged. */
export const MIGRATION_LIFE_MS = 15 * 24 * 3_600_000;

interface Migration {
  readonly fromAppid: string;
  /** New by old. */
  readonly openids: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The move of another account's followers to this one. */
export function createMigration(storage: Storage, now: () => number) {
  const section = storage.section<{ migration: Migration | null }>('migration', () => ({
    migration: null,
  }));
  return {
    begin(fromAppid: string, openids: Readonly<Record<string, string>>): void {
      section.update((state) => {
        state.migration = { fromAppid, openids, at: now() };
      });
    },
    current(): Migration | undefined {
      const { migration } = section.read();
      return migration && now() < migration.at + MIGRATION_LIFE_MS ? migration : undefined;
    },
  };
}

export type MigrationState = ReturnType<typeof createMigration>;
