import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { collections } from '../../shared/app/collections.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import type { EnvironmentOptions } from '../emulator/tencent/cloud/environments.ts';
import { CloudError } from '../emulator/tencent/cloud/error.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { openPgDoc, type PgDoc } from '../testing/store/pg-doc.ts';
import { testServer } from '../testing/store/postgres-server.ts';

const server = await testServer();
const account = { appid: '1251234567', uin: '1', secretId: 'AKID1', secretKey: 'SK1' };
const envId = 'env-pg';
const closed = '{"*":{"invoke":false}}';
let cloudbase: CloudbaseEmulator;
let tencent: TencentEmulator;
let database: PgDoc | undefined;

beforeEach(async () => {
  const { secretId, secretKey } = account;
  cloudbase = await startCloudbase({ environments: [{ envId, secretId, secretKey }] });
  database = server === undefined ? undefined : await openPgDoc(server);
});
afterEach(async () => {
  await tencent.close();
  await cloudbase.close();
  await database?.close();
});

/** An environment with PostgreSQL, as all are since 2026-10-30. */
async function open(options: Partial<EnvironmentOptions>, sql = database?.sql): Promise<void> {
  tencent = await startTencent({
    account,
    environments: [{ envId, kind: 'postgresql', ...(sql ? { sql } : {}), ...options }],
    database: cloudbase.control,
  });
}

async function provision(...args: string[]) {
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      ...fakedTime(process.env),
      ...tencent.processEnv,
      CLOUDBASE_ENV_ID: envId,
      TENCENTCLOUD_SECRET_ID: account.secretId,
      TENCENTCLOUD_SECRET_KEY: account.secretKey,
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
    },
  });
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, complaint, code };
}

const names = () => cloudbase.control.collections(envId).map(({ name }) => name);

(server === undefined ? describe.skip : describe)('an environment with PostgreSQL', () => {
  test('is told what it is, and what to do; nothing is done to it', async () => {
    await open({});

    const { complaint, code } = await provision();

    expect([code, names()]).toEqual([1, []]);
    expect(complaint).toContain('has PostgreSQL, and its documents (pg_doc) are off');
    expect(complaint).toContain('npm run provision -- --enable-documents');
    expect(complaint).toContain('STORE_DRIVER=postgres');
    expect(tencent.calls.map(({ action }) => action)).not.toContain('tcb.EnablePGDocumentExt');
  });

  test('--check switches nothing on', async () => {
    await open({});

    expect((await provision('--check', '--enable-documents')).code).toBe(1);
    expect(tencent.environments()[0]?.kind).toBe('postgresql');
  });

  test('has everything once its documents are on, where the API of tables knows them', async () => {
    await open({});

    const first = await provision('--enable-documents');
    const second = await provision('--json');

    expect([first.code, first.complaint]).toEqual([0, '']);
    expect(names().sort()).toEqual(collections.map(({ name }) => name).sort());
    for (const { indexes } of cloudbase.control.collections(envId)) {
      // pg_doc has no indexes that remove documents; the worker does.
      for (const index of indexes) expect(index).not.toHaveProperty('expireAfterSeconds');
    }
    expect(tencent.environments()[0]?.functionRule).toBe(closed);
    const states = (JSON.parse(second.output) as { state: string }[]).map(({ state }) => state);
    expect([second.code, new Set(states)]).toEqual([0, new Set(['there'])]);
    expect((await provision('--check')).code).toBe(0);
  });

  test('has collections by the API of documents and indexes in SQL, where it knows none', async () => {
    await open({ kind: 'pg_doc', hasTableApi: false });
    // The plugin makes the tables of collections that the API of documents makes.
    await database?.sql('CREATE SCHEMA pgdoc');
    for (const { name } of collections) {
      await database?.sql(
        `CREATE TABLE pgdoc."${name}" (_id text PRIMARY KEY, doc jsonb NOT NULL)`,
      );
    }

    const first = await provision();
    const second = await provision('--check');

    expect([first.code, first.complaint]).toEqual([0, '']);
    const made = await database?.sql(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'jobs_slot_asc'",
    );
    expect(made?.rows[0]?.[0]).toContain('CREATE UNIQUE INDEX jobs_slot_asc ON pgdoc.jobs');
    expect(first.output).toMatch(
      /^~ followers: index openids_asc, unique: SQL has no unique index over the elements of a list\. Without it, a follower whom two workers/m,
    );
    expect(first.output).toMatch(
      /^~ jobs: access ADMINONLY: this environment does not let it be set/m,
    );
    expect(second.code).toBe(0);
    expect(second.output).not.toContain('missing');
    expect(second.output).toContain('= jobs: index slot_asc, unique');
  });

  test('without security rules shows the policy that would end all others, and asks', async () => {
    await open({ kind: 'pg_doc', hasSecurityRules: false });
    await database?.sql('CREATE SCHEMA pgdoc');

    const asked = await provision();
    const replaced = await provision('--replace');

    expect([asked.code, replaced.code]).toEqual([1, 0]);
    expect(asked.output).toContain('there is none, and would become package authz.user');
    expect(tencent.environments()[0]?.userPolicy).toBe(
      'package authz.user\n\ndefault allow := false\n',
    );
    expect((await provision('--check')).code).toBe(0);
  });
});

const noSql = () => Promise.reject(new CloudError('UnsupportedOperation', 'No SQL from here.'));

test('an environment that takes neither SQL nor tables is told apart from one without documents', async () => {
  await open({}, noSql);

  const { complaint, code } = await provision();

  expect([code, complaint]).toEqual([1, expect.stringContaining('--enable-documents')]);
});
