import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudApi } from '../../cloud/api.ts';
import type { CloudTypes } from '../../cloud/models/index.ts';
import type { Migration } from './migration-files.ts';
import { type MigratedDatabase, olderThan } from './migrations.ts';

type MigrationInput = CloudTypes['tcb']['MigrationInput'];
type PlanItem = CloudTypes['tcb']['MigrationPlanItem'];

const PAGE = 100;
/**
 * Others may have applied later versions to the same database, which ours do not depend on; by default
 * the service then refuses ours. What is out of order among our own is found here.
 */
const IncludeAll = true;
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
  const preview = (Migrations: readonly MigrationInput[]) =>
    api('tcb', 'PreviewPGUserMigrations', { EnvId: envId, Migrations, IncludeAll });

  return {
    async preview(migrations) {
      const own = new Set(migrations.map(({ version }) => version));
      const { Pending, Applied, Conflicts } = await preview(await whole(migrations));
      const versions = (items: readonly PlanItem[] | null | undefined) =>
        (items ?? []).flatMap(({ Version }) => (Version && own.has(Version) ? [Version] : []));
      const [pending, applied] = [versions(Pending), versions(Applied)];
      const latest = applied.toSorted().at(-1) ?? '';
      return {
        pending,
        applied,
        conflicts: [
          ...(Conflicts ?? []).map(({ Version = '?', Message, Reason = 'unknown' }) => ({
            version: Version,
            reason: Message ? `${Message} (${Reason})` : Reason,
          })),
          ...pending
            .filter((version) => version < latest)
            .map((version) => olderThan(version, latest)),
        ],
      };
    },

    async push(migrations) {
      const inputs = await whole(migrations);
      const { Executable } = await preview(inputs);
      if (Executable !== true)
        throw new Error('CloudBase cannot carry out this plan of migrations.');
      const { TaskId } = await api('tcb', 'PushPGUserMigrations', {
        EnvId: envId,
        Migrations: inputs,
        IncludeAll,
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
      const { Migrations, Total = 0 } = await api('tcb', 'ListPGUserMigrations', {
        EnvId: envId,
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
    const { Query } = await api('tcb', 'DescribePGUserMigration', {
      EnvId: envId,
      MigrationVersion: version,
    });
    return Query ?? '';
  }

  async function finished(taskId: string): Promise<void> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const { Status, Phase, Reason } = await api('tcb', 'DescribeTaskResult', {
        EnvId: envId,
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
