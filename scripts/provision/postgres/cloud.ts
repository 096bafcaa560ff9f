import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudApi } from '../../cloud/api.ts';
import type { Migration } from './migration-files.ts';
import type { MigratedDatabase } from './migrations.ts';

/** Shapes of the official model of `tcb` (2018-06-08), the fields that are read here. */
interface MigrationInput {
  readonly Version: string;
  readonly Name: string;
  readonly Query: string;
}
interface PlanItem {
  readonly Version?: string;
  readonly Name?: string;
}
interface Conflict extends PlanItem {
  readonly Reason?: string;
  readonly Message?: string;
}
interface Preview {
  readonly Pending?: readonly PlanItem[] | null;
  readonly Applied?: readonly PlanItem[] | null;
  readonly Conflicts?: readonly Conflict[] | null;
  readonly Executable?: boolean;
}
interface History {
  readonly Total?: number;
  readonly Migrations?: readonly PlanItem[] | null;
}
interface TaskResult {
  readonly Status?: 'Accepted' | 'Running' | 'Succeed' | 'Failed';
  readonly Phase?: string;
  readonly Reason?: string;
}

const PAGE = 100;
const LOOK_EVERY_MS = 2_000;
const WAIT_MS = 600_000;

export interface CloudDatabaseOptions {
  readonly api: CloudApi;
  readonly envId: string;
  /** Default: real time. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/**
 * The PostgreSQL of a CloudBase environment, by CloudBase's own service of migrations: no network
 * path from here to the database is needed. A push is a task of the cloud, and only the result of
 * the task says that it was done. The service wants the whole history each time, also what others
 * have applied to the same database, so that is asked for first.
 */
export function openInCloud({ api, envId, pause = sleep }: CloudDatabaseOptions): MigratedDatabase {
  const call = <Answer extends object>(action: string, parameters: object) =>
    api<Answer>('tcb', action, { EnvId: envId, ...parameters });

  async function preview(inputs: readonly MigrationInput[]): Promise<Preview> {
    return call('PreviewPGUserMigrations', { Migrations: inputs });
  }

  return {
    async preview(migrations) {
      const own = new Set(migrations.map(({ version }) => version));
      const { Pending, Applied, Conflicts } = await preview(await whole(migrations));
      const versions = (items: readonly PlanItem[] | null | undefined) =>
        (items ?? []).flatMap(({ Version }) => (Version && own.has(Version) ? [Version] : []));
      return {
        pending: versions(Pending),
        applied: versions(Applied),
        conflicts: (Conflicts ?? []).map(({ Version = '?', Message, Reason = 'unknown' }) => ({
          version: Version,
          reason: Message ? `${Message} (${Reason})` : Reason,
        })),
      };
    },

    async push(migrations) {
      const inputs = await whole(migrations);
      const { Executable } = await preview(inputs);
      if (Executable !== true)
        throw new Error('CloudBase cannot carry out this plan of migrations.');
      const { TaskId } = await call<{ readonly TaskId?: string }>('PushPGUserMigrations', {
        Migrations: inputs,
      });
      if (!TaskId) throw new Error('PushPGUserMigrations gave no task.');
      await finished(TaskId);
      const left = (await preview(inputs)).Pending ?? [];
      if (left.length === 0) return;
      throw new Error(
        `The task ${TaskId} succeeded, and ${left.map(({ Version }) => Version).join(', ')} is not in the history. Run this again.`,
      );
    },

    // The service tells what was applied, not what has become of it.
    lost: async () => [],
  };

  /** What is applied there already, in the words in which it was applied, and ours. */
  async function whole(migrations: readonly Migration[]): Promise<readonly MigrationInput[]> {
    const inputs = new Map<string, MigrationInput>();
    for (let offset = 0; ; offset += PAGE) {
      const { Migrations, Total = 0 } = await call<History>('ListPGUserMigrations', {
        Limit: PAGE,
        Offset: offset,
      });
      for (const { Version = '', Name = '' } of Migrations ?? []) {
        const mine = migrations.some(({ version }) => version === Version);
        if (!mine) inputs.set(Version, { Version, Name, Query: await queryOf(Version) });
      }
      if (offset + PAGE >= Total) break;
    }
    for (const { version, name, query } of migrations) {
      inputs.set(version, { Version: version, Name: name, Query: query });
    }
    return [...inputs.values()].sort((a, b) => (a.Version < b.Version ? -1 : 1));
  }

  async function queryOf(version: string): Promise<string> {
    const { Query = '' } = await call<{ readonly Query?: string }>('DescribePGUserMigration', {
      MigrationVersion: version,
    });
    return Query;
  }

  async function finished(taskId: string): Promise<void> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const { Status, Phase, Reason } = await call<TaskResult>('DescribeTaskResult', {
        TaskId: taskId,
      });
      if (Status === 'Succeed') return;
      if (Status === 'Failed') {
        throw new Error(
          `The task ${taskId} failed at ${Phase ?? '?'}: ${Reason ?? 'no reason given'}`,
        );
      }
      if (waited >= WAIT_MS) {
        throw new Error(
          `The task ${taskId} goes on after ${WAIT_MS / 60_000} minutes; look again with --check.`,
        );
      }
      await pause(LOOK_EVERY_MS);
    }
  }
}
