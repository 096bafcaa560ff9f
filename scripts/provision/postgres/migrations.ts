import type { Step } from '../provision.ts';
import type { Migration } from './migration-files.ts';

/** A database whose tables are made by migrations: by our own connection, or by the cloud. */
export interface MigratedDatabase {
  preview(migrations: readonly Migration[]): Promise<MigrationPlan>;
  /** Applies those that are pending, in order. What was applied before a failure stays. */
  push(migrations: readonly Migration[]): Promise<void>;
  /** What the applied migrations have made and somebody has taken away; empty where it cannot be seen. */
  lost(): Promise<readonly string[]>;
}

/** What a push would do. */
export interface MigrationPlan {
  /** Versions. */
  readonly pending: readonly string[];
  readonly applied: readonly string[];
  readonly conflicts: readonly Conflict[];
}

interface Conflict {
  readonly version: string;
  readonly reason: string;
}

/** A migration must not be applied behind one that may rest on it, or may undo it. */
export function olderThan(version: string, latest: string): Conflict {
  return {
    version,
    reason: `it is older than ${latest}, which is applied; give it a later version`,
  };
}

export interface MigrateOptions {
  readonly database: MigratedDatabase;
  readonly migrations: readonly Migration[];
  /** Compare, change nothing. */
  readonly check: boolean;
  readonly onStep?: (step: Step) => void;
}

/**
 * Applies the migrations that the database does not have yet. Forward only; run again, it goes on
 * from where it stopped. Where one that is applied has another content now, nothing is done.
 *
 * @throws Error of the database.
 */
export async function migrate(options: MigrateOptions): Promise<readonly Step[]> {
  const { database, migrations, check, onStep = () => {} } = options;
  const plan = await database.preview(migrations);
  const isBlocked = plan.conflicts.length > 0;
  if (!check && !isBlocked && plan.pending.length > 0) await database.push(migrations);
  const steps: Step[] = migrations.map(({ version, name }): Step => {
    const what = `migration ${version}_${name}`;
    const conflict = plan.conflicts.find((each) => each.version === version);
    if (conflict) return { what, state: 'conflict', detail: conflict.reason };
    if (!plan.pending.includes(version)) return { what, state: 'there' };
    return { what, state: check || isBlocked ? 'missing' : 'made' };
  });
  for (const { version, reason } of plan.conflicts) {
    if (migrations.some((migration) => migration.version === version)) continue;
    steps.push({ what: `migration ${version}`, state: 'conflict', detail: reason });
  }
  if (steps.every(({ state }) => state === 'there' || state === 'made')) {
    for (const what of await database.lost()) {
      const detail =
        'a migration has made it and it is gone; make it again, or restore the database from its backup';
      steps.push({ what, state: 'conflict', detail });
    }
  }
  for (const step of steps) onStep(step);
  return steps;
}
