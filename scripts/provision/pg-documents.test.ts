import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { collections } from '../../shared/app/collections.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { createCloudApi } from '../cloud/api.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import type { EnvironmentOptions } from '../emulator/tencent/cloud/environments.ts';
import { CloudError } from '../emulator/tencent/cloud/error.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { openPgDoc, type PgDoc } from '../testing/store/pg-doc.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import { collectionMaker } from './document-api.ts';
import type { Step } from './provision.ts';
import { type ProvisionDocuments, provisionDocuments } from './provision-documents.ts';

const server = await testServer();
const account = { appid: '1251234567', uin: '1', secretId: 'AKID1', secretKey: 'SK1' };
const envId = 'env-pg';
const closed = '{"*":{"invoke":false}}';
const planned = collections.map(({ name }) => name).sort();
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

/** `npm run provision`, in this process. */
function provision(options: Partial<ProvisionDocuments> = {}): Promise<readonly Step[]> {
  const { secretId, secretKey } = account;
  const credentials = { secretId, secretKey: new Secret(secretKey) };
  const origin = `http://127.0.0.1:${tencent.port}`;
  return provisionDocuments(createCloudApi({ credentials, region: 'ap-shanghai', origin }), envId, {
    check: false,
    replace: false,
    enableDocuments: false,
    createCollection: collectionMaker({ envId, credentials, serviceUrl: cloudbase.url }),
    pause: () => Promise.resolve(),
    ...options,
  });
}

const statesOf = (steps: readonly Step[]) => [...new Set(steps.map(({ state }) => state))].sort();
const named = (steps: readonly Step[], start: string) =>
  steps.find(({ what }) => what.startsWith(start));
const names = () =>
  cloudbase.control
    .collections(envId)
    .map(({ name }) => name)
    .sort();
/** What pg_doc does when the API of documents creates a collection. */
async function makeTables(): Promise<void> {
  for (const name of planned) {
    await database?.sql(`CREATE TABLE pgdoc."${name}" (_id text PRIMARY KEY, doc jsonb NOT NULL)`);
  }
}

(server === undefined ? describe.skip : describe)('an environment with PostgreSQL', () => {
  test('is told what it is, and what to do; nothing is done to it', async () => {
    await open({});

    await expect(provision()).rejects.toThrow(
      /has PostgreSQL, and its documents \(pg_doc\) are off.*npm run provision -- --enable-documents.*STORE_DRIVER=postgres/,
    );
    expect(names()).toEqual([]);
    expect(tencent.calls.map(({ action }) => action)).not.toContain('tcb.EnablePGDocumentExt');
  });

  test('has everything once its documents are on, where the API of tables knows them', async () => {
    await open({});

    const first = await provision({ enableDocuments: true });

    expect([statesOf(first), names()]).toEqual([['made'], planned]);
    for (const { indexes } of cloudbase.control.collections(envId)) {
      // pg_doc has no indexes that remove documents; the worker does.
      for (const index of indexes) expect(index).not.toHaveProperty('expireAfterSeconds');
    }
    expect(tencent.environments()[0]?.functionRule).toBe(closed);
    expect(statesOf(await provision())).toEqual(['there']);
    expect(statesOf(await provision({ check: true }))).toEqual(['there']);
  });

  test('has collections by the API of documents and indexes in SQL, where it knows none', async () => {
    await open({ kind: 'pg_doc', hasTableApi: false });
    await database?.sql('CREATE SCHEMA pgdoc');

    const first = await provision();
    await makeTables();
    const second = await provision();
    const checked = await provision({ check: true });

    expect(names()).toEqual(planned);
    expect(named(first, 'jobs: index slot_asc')).toMatchObject({
      state: 'unavailable',
      detail: expect.stringContaining('pgdoc.jobs has 0 columns that could hold its documents'),
    });
    expect(named(second, 'jobs: index slot_asc')?.state).toBe('made');
    const made = await database?.sql(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'jobs_slot_asc'",
    );
    expect(made?.rows[0]?.[0]).toContain('CREATE UNIQUE INDEX jobs_slot_asc ON pgdoc.jobs');
    expect(named(second, 'followers: index openids_asc')).toMatchObject({
      state: 'unavailable',
      detail: expect.stringMatching(
        /^SQL has no unique index over the elements of a list\. Without/,
      ),
    });
    expect(named(second, 'jobs: access')?.state).toBe('unavailable');
    expect(statesOf(checked)).toEqual(['there', 'unavailable']);
    expect(named(checked, 'jobs: index slot_asc')?.state).toBe('there');
  });

  test('says what it costs where only the owner of a table may index it', async () => {
    await open({ kind: 'pg_doc', hasTableApi: false });
    await database?.sql('CREATE SCHEMA pgdoc');
    await makeTables();
    await database?.asSomebodyElse();

    const steps = await provision({ check: true });

    expect(named(steps, 'jobs: index slot_asc')).toMatchObject({
      state: 'unavailable',
      detail: expect.stringMatching(
        /^Only the owner of pgdoc\.jobs may index it\. Without it, two workers/,
      ),
    });
    expect(named(steps, 'jobs: index dueAt_asc')?.detail).toContain('read the whole collection');
  });

  test('without security rules shows the policy that would end all others, and asks', async () => {
    await open({ kind: 'pg_doc', hasSecurityRules: false });
    await database?.sql('CREATE SCHEMA pgdoc');

    const asked = await provision();
    await provision({ replace: true });

    expect(named(asked, 'functions')).toMatchObject({
      state: 'conflict',
      detail: expect.stringContaining('there is none, and would become package authz.user'),
    });
    const [environment] = tencent.environments();
    expect(environment?.userPolicy).toBe('package authz.user\n\ndefault allow := false\n');
    expect(statesOf(await provision({ check: true }))).toEqual(['there']);
  });
});

test('an environment that takes neither SQL nor tables counts as one without documents', async () => {
  const noSql = () => Promise.reject(new CloudError('UnsupportedOperation', 'No SQL from here.'));
  await open({}, noSql);

  await expect(provision()).rejects.toThrow('--enable-documents');
});
