import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type cloudbase from '@cloudbase/node-sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { PostgresDriver } from '../../shared/store/postgres/driver.ts';
import type { Driver } from '../../shared/store/sdk/driver.ts';
import { startCloudbase } from '../emulator/cloudbase/index.ts';
import { storeContract } from '../testing/store/contract/contract.ts';
import { contractCollections } from '../testing/store/contract/fixtures.ts';
import { openPostgresFixture } from '../testing/store/postgres-fixture.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import { openStoreFixture } from '../testing/store/store-fixture.ts';
import { buildSdk, sdkDrivers } from './sdk-bundle.ts';
import { stubPlugin } from './stub-plugin.ts';
import { bundleStubs } from './stubs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sdk-stubs-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(sdkDrivers)('the bundle of %s without what it does not need', (name) => {
  const file = path.join(folder, `${name}.cjs`);
  const driver = async () => (await import(pathToFileURL(file).href)) as Driver;

  storeContract(async () => {
    const { code: whole } = await buildSdk(name, { stubs: false });
    const { code } = await buildSdk(name);
    writeFileSync(file, code);
    // Well above what it is today, so that only a real change of the SDK's own parts is felt.
    expect(code.byteLength).toBeLessThan(0.25 * whole.byteLength);
    return openStoreFixture({ driver }, contractCollections);
  }, 10);
});

const postgres = await testServer();
(postgres === undefined ? describe.skip : describe)(
  'the bundle of pg without what it does not need',
  () => {
    storeContract(async () => {
      const file = path.join(folder, 'postgres.cjs');
      const { code: whole } = await buildSdk('postgres', { stubs: false });
      const { code } = await buildSdk('postgres');
      writeFileSync(file, code);
      expect(code.byteLength).toBeLessThan(0.9 * whole.byteLength);
      const driver = (await import(pathToFileURL(file).href)) as PostgresDriver;
      return openPostgresFixture(postgres ?? '', contractCollections, { driver });
    }, 10);
  },
);

describe('the stubbed @cloudbase/node-sdk', () => {
  const file = path.join(folder, 'sdk.cjs');
  const keys = { envId: 'env-1', secretId: 'AKID1', secretKey: 'SK1' };
  const asked: unknown[] = [];
  let emulator: Awaited<ReturnType<typeof startCloudbase>>;
  let stubbed: typeof cloudbase;

  beforeAll(async () => {
    await build({
      stdin: { contents: "module.exports = require('@cloudbase/node-sdk')", resolveDir: '.' },
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      plugins: [stubPlugin()],
    });
    stubbed = createRequire(import.meta.url)(file);
    emulator = await startCloudbase({
      environments: [keys],
      invokeFunction: async (_, name, data) => {
        asked.push([name, data]);
        return { done: true };
      },
    });
  });
  afterAll(() => emulator.close());

  const open = (sdk: typeof cloudbase) =>
    sdk.init({ env: keys.envId, ...keys, serviceUrl: emulator.url });

  test('still calls functions, and handles files that are there', async () => {
    const whole = (await import('@cloudbase/node-sdk')).default;
    const content = Buffer.from('菜单.png');
    const { fileID } = await open(whole).uploadFile({ cloudPath: 'a.txt', fileContent: content });
    const app = open(stubbed);

    const called = await app.callFunction({ name: 'worker', data: { job: 'j' } });
    const downloaded = await app.downloadFile({ fileID });
    const urls = await app.getTempFileURL({ fileList: [fileID] });
    const removed = await app.deleteFile({ fileList: [fileID] });

    expect(called.result).toEqual({ done: true });
    expect(asked).toEqual([['worker', { job: 'j' }]]);
    expect(String(downloaded.fileContent)).toBe('菜单.png');
    expect(urls.fileList[0]?.tempFileURL).toContain('http://127.0.0.1');
    expect(removed.fileList[0]?.code).toBe('SUCCESS');
  });

  test('says what is missing when it is asked for it', () => {
    expect(() => open(stubbed).ai()).toThrow('left out of this bundle; it serves app.ai()');
  });

  test('knows its own version, which it cannot read in a bundle', () => {
    const require = createRequire(import.meta.url);
    const file = path.join(path.dirname(require.resolve('@cloudbase/node-sdk')), '../package.json');

    expect(stubbed.version).toBe(JSON.parse(readFileSync(file, 'utf8')).version);
  });
});

test('each row of the table names a module that is there, once', () => {
  const require = createRequire(path.resolve('node_modules/tcb-admin-node/index.js'));
  const names = bundleStubs.map(({ module }) => module);

  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(resolved(name)).toContain('node_modules');

  /** A row may name a folder, whose `index.js` a package may hand out by its whole name only. */
  function resolved(name: string): string {
    try {
      return require.resolve(name);
    } catch {
      return require.resolve(`${name}/index`);
    }
  }
});
