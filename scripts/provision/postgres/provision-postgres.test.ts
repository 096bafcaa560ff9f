import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import * as v from 'valibot';
import { appCollections } from '../../../shared/app/collections.ts';
import type { CloudApi } from '../../cloud/api.ts';
import { serverAt } from '../../testing/store/postgres-fixture.ts';
import { testServer } from '../../testing/store/postgres-server.ts';
import { openInCloud } from './cloud.ts';
import { missingStatements, readMigrations, writeMigration } from './migration-files.ts';
import { migrate } from './migrations.ts';
import { migrateDirectly, provisionPostgres } from './provision-postgres.ts';

const url = await testServer();
const onServer = url === undefined ? describe.skip : describe;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  folders.push(folder);
  return folder;
}

const freshSchema = () => `test_${randomBytes(6).toString('hex')}`;

async function ask(text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('the migrations of the project', () => {
  test('make all that the collections need: `npm run provision -- --new <name>` writes what is missing', () => {
    expect(missingStatements(appCollections)).toEqual([]);
  });

  test('are written only for what no earlier one makes', () => {
    const folder = emptyFolder();
    const notes = { name: 'notes', schema: v.strictObject({ _id: v.string(), at: v.date() }) };
    const indexed = {
      ...notes,
      indexes: [{ fields: [{ name: 'at', direction: 'asc' as const }] }],
    };

    const first = writeMigration('notes', [notes], new Date('2026-01-02T03:04:05Z'), folder);
    const again = writeMigration('nothing', [notes], new Date('2026-01-02T03:04:06Z'), folder);
    const second = writeMigration('by_date', [indexed], new Date('2026-01-02T03:04:07Z'), folder);

    expect([path.basename(first ?? ''), again]).toEqual(['20260102030405_notes.sql', undefined]);
    const text = readFileSync(second ?? '', 'utf8');
    expect(text).toContain('CREATE INDEX');
    expect(text).not.toContain('CREATE TABLE');
    expect(() =>
      writeMigration('Bad name', [indexed, { ...notes, name: 'x1' }], new Date(), folder),
    ).toThrow('small letters');
  });
});

onServer('npm run provision on PostgreSQL', () => {
  const env = (schema: string) => ({ DATABASE_URL: url, DATABASE_SCHEMA: schema });

  test('makes everything once, compares without changing, and sees what is gone', async () => {
    const schema = freshSchema();
    const states = async (check: boolean) =>
      (await provisionPostgres({ env: env(schema), check })).map(({ state }) => state);

    expect(new Set(await states(true))).toEqual(new Set(['missing']));
    expect(await ask(`SELECT to_regnamespace('${schema}') AS made`)).toEqual([{ made: null }]);
    expect(new Set(await states(false))).toEqual(new Set(['made']));
    expect(new Set(await states(false))).toEqual(new Set(['there']));
    expect(new Set(await states(true))).toEqual(new Set(['there']));

    await ask(`DROP INDEX ${schema}."jobs_slot_asc"`);
    const [lost] = (await provisionPostgres({ env: env(schema), check: true })).slice(-1);
    expect(lost).toMatchObject({ what: 'index jobs_slot_asc', state: 'conflict' });
    const history = await ask(`SELECT version, name, checksum, query FROM ${schema}.__migrations`);
    expect(history).toEqual(
      readMigrations(schema).map(({ version, name, query }) => ({
        version,
        name,
        query,
        checksum: createHash('sha256').update(query).digest('hex'),
      })),
    );
    await ask(`DROP SCHEMA ${schema} CASCADE`);
  });

  test('by two at the same time is applied once', async () => {
    const schema = freshSchema();

    await Promise.all([1, 2, 3].map(() => provisionPostgres({ env: env(schema), check: false })));

    const [{ count } = {}] = await ask(`SELECT count(*)::int AS count FROM ${schema}.__migrations`);
    expect(count).toBe(readMigrations(schema).length);
    await ask(`DROP SCHEMA ${schema} CASCADE`);
  });

  test('goes on from where one has failed, and applies nothing that was changed or comes too early', async () => {
    const schema = freshSchema();
    const server = serverAt(url ?? '', schema, 1);
    const of = (version: string, query: string) => ({ version, name: 'test', query });
    const good = of('20260101000000', `CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.a (id int)`);
    const bad = of('20260102000000', `CREATE TABLE ${schema}.b (id int); SELECT 1/0`);
    const run = (migrations: readonly ReturnType<typeof of>[], check = false) =>
      migrateDirectly(server, { migrations, check });

    await expect(run([good, bad])).rejects.toThrow('20260102000000_test: division by zero');
    expect(
      await ask(`SELECT to_regclass('${schema}.b') AS b, to_regclass('${schema}.a')::text AS a`),
    ).toEqual([{ b: null, a: `${schema}.a` }]);
    const mended = of('20260102000000', `CREATE TABLE ${schema}.b (id int)`);
    const second = await run([good, mended]);
    expect(second.slice(0, 2).map(({ state }) => state)).toEqual(['there', 'made']);

    const changed = await run([of(good.version, 'SELECT 1'), mended]);
    expect(changed[0]).toMatchObject({ state: 'conflict' });
    const early = await run([of('20250101000000', 'SELECT 1'), good, mended]);
    expect(early[0]).toMatchObject({ state: 'conflict' });
    const old = await run([good]);
    expect(old.at(-1)).toMatchObject({ what: 'migration 20260102000000', state: 'conflict' });
    await ask(`DROP SCHEMA ${schema} CASCADE`);
  });

  test('says which settings are missing, and never a password', async () => {
    await expect(provisionPostgres({ env: {}, check: true })).rejects.toThrow('set DATABASE_URL');
    const wrong = (url ?? '').replace(/:[^:@/]+@/, ':NotThePassword@');
    const failed = provisionPostgres({ env: { DATABASE_URL: wrong }, check: true });
    const error = await failed.catch((reason: unknown) => reason as Error);
    expect(String(error)).toContain('password authentication failed');
    expect(String(error)).not.toContain('NotThePassword');
  });
});

describe('npm run provision by the migrations of CloudBase', () => {
  interface Input {
    readonly Version: string;
    readonly Name: string;
    readonly Query: string;
  }

  /** As the official model has it: a push is a task, and a plan is the whole history. */
  function fakeCloud(history: readonly Input[] = [], failure?: string) {
    const applied = new Map(history.map((each) => [each.Version, each]));
    const calls: string[] = [];
    const tasks = new Map<
      string,
      { looks: number; inputs: readonly Input[]; includeAll: boolean }
    >();
    const plan = (inputs: readonly Input[], includeAll: boolean) => {
      const missing = [...applied.values()].filter(
        ({ Version }) => !inputs.some((each) => each.Version === Version),
      );
      const differing = inputs.filter(
        ({ Version, Query }) => applied.has(Version) && applied.get(Version)?.Query !== Query,
      );
      const pending = inputs.filter(({ Version }) => !applied.has(Version));
      const latest = [...applied.keys()].sort().at(-1) ?? '';
      const isOutOfOrder = pending.some(({ Version }) => Version < latest);
      const Conflicts = [
        ...missing.map((each) => ({ ...each, Reason: 'remote_history_not_found_locally' })),
        ...differing.map((each) => ({ ...each, Reason: 'checksum_mismatch' })),
      ];
      return {
        Pending: pending,
        Applied: inputs.filter(({ Version }) => applied.has(Version)),
        Conflicts,
        Executable: Conflicts.length === 0 && (includeAll || !isOutOfOrder),
      };
    };
    const actions: Record<string, (parameters: Record<string, unknown>) => object> = {
      ListPGUserMigrations: ({ Limit, Offset }) => ({
        Total: applied.size,
        Migrations: [...applied.values()]
          .slice(Number(Offset), Number(Offset) + Number(Limit))
          .map(({ Version, Name }) => ({ Version, Name })),
      }),
      DescribePGUserMigration: ({ MigrationVersion }) => ({
        ...applied.get(String(MigrationVersion)),
      }),
      PreviewPGUserMigrations: ({ Migrations, IncludeAll }) =>
        plan(Migrations as Input[], IncludeAll === true),
      PushPGUserMigrations: ({ Migrations, IncludeAll }) => {
        const TaskId = `task-${tasks.size + 1}`;
        tasks.set(TaskId, {
          looks: 0,
          inputs: Migrations as Input[],
          includeAll: IncludeAll === true,
        });
        return { TaskId };
      },
      DescribeTaskResult: ({ TaskId }) => {
        const task = tasks.get(String(TaskId));
        if (!task) throw new Error('no such task');
        task.looks += 1;
        if (task.looks < 3) return { TaskId, Status: task.looks === 1 ? 'Accepted' : 'Running' };
        if (failure || !plan(task.inputs, task.includeAll).Executable) {
          return {
            TaskId,
            Status: 'Failed',
            Phase: 'RunMigrations',
            Reason: failure ?? 'migration plan is not executable',
          };
        }
        for (const input of task.inputs) applied.set(input.Version, input);
        return { TaskId, Status: 'Succeed' };
      },
    };
    const api: CloudApi = async (service, action, parameters) => {
      calls.push(`${service} ${action}`);
      expect(parameters).toMatchObject({ EnvId: 'env-1' });
      return actions[action]?.(parameters as Record<string, unknown>) as never;
    };
    return { api, applied, calls };
  }

  const migrations = readMigrations('fuwuhao');
  const open = (api: CloudApi) => openInCloud({ api, envId: 'env-1', pause: async () => {} });

  test('pushes the whole history, waits for the task, and says what was made', async () => {
    const others = Array.from({ length: 101 }, (_, at) => ({
      Version: String(20_200_101_000_000 + at),
      Name: 'of_another',
      Query: `SELECT ${at}`,
    }));
    const { api, applied, calls } = fakeCloud(others);
    const database = open(api);

    const before = await migrate({ database, migrations, check: true });
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['missing']));
    expect(calls).not.toContain('tcb PushPGUserMigrations');
    const made = await migrate({ database, migrations, check: false });
    expect(new Set(made.map(({ state }) => state))).toEqual(new Set(['made']));
    expect(applied.size).toBe(101 + migrations.length);
    const after = await migrate({ database, migrations, check: true });
    expect(new Set(after.map(({ state }) => state))).toEqual(new Set(['there']));
  });

  test('goes on behind later migrations of others, and not behind later ones of its own', async () => {
    const other = { Version: '29990101000000', Name: 'of_another', Query: 'SELECT 1' };
    const later = { version: '29980101000000', name: 'later', query: 'SELECT 2' };
    const database = open(fakeCloud([other]).api);

    const made = await migrate({ database, migrations, check: false });
    expect(new Set(made.map(({ state }) => state))).toEqual(new Set(['made']));
    await migrate({ database, migrations: [...migrations, later], check: false });
    const older = { ...later, version: '29970101000000' };
    const all = [...migrations, older, later];
    const steps = await migrate({ database, migrations: all, check: false });

    expect(steps.at(-2)).toMatchObject({
      state: 'conflict',
      detail: expect.stringContaining('older'),
    });
  });

  test('a task that fails is an error with its reason, and changed content is a conflict', async () => {
    const failing = migrate({
      database: open(fakeCloud([], 'permission denied').api),
      migrations,
      check: false,
    });
    await expect(failing).rejects.toThrow('failed at RunMigrations: permission denied');

    const [first] = migrations;
    const history = [{ Version: first?.version ?? '', Name: first?.name ?? '', Query: 'SELECT 1' }];
    const { api, calls } = fakeCloud(history);
    const steps = await migrate({ database: open(api), migrations, check: false });
    expect(steps[0]).toMatchObject({ state: 'conflict', detail: 'checksum_mismatch' });
    expect(calls).not.toContain('tcb PushPGUserMigrations');
  });
});
