import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { contractCollections } from '../testing/store/contract/fixtures.ts';
import { keys, openStoreFixture } from '../testing/store/store-fixture.ts';
import { buildSdk, SDK_FILE, sdkApartPlugin, sdkDrivers } from './sdk-bundle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sdk-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entry = `
  import { systemClock } from './shared/kernel/clock.ts';
  import { AppError } from './shared/kernel/errors.ts';
  import { createCloudbaseStore } from './shared/store/cloudbase.ts';
  import { credentialsFrom } from './shared/store/credentials.ts';
  import { orders, order } from './scripts/testing/store/contract/fixtures.ts';
  const [serviceUrl, envId] = process.argv.slice(2);
  const credentials = () => credentialsFrom(process.env);
  const store = createCloudbaseStore({ envId, serviceUrl, credentials, clock: systemClock });
  (async () => {
    const loadedBefore = Object.keys(require.cache).length;
    const isCreated = await store.create(orders, order({ _id: 'bundled' }));
    const error = await store.get({ ...orders, name: 'missing' }, 'a').catch((error) => error);
    const loadedAfter = Object.keys(require.cache).length;
    const isOurs = error instanceof AppError;
    console.log(JSON.stringify({ isCreated, isOurs, loadedBefore, loadedAfter }));
  })();`;

function bundle(options: { apart: boolean; conditions?: string[] }) {
  return build({
    stdin: { contents: entry, resolveDir: path.resolve('.'), loader: 'ts' },
    outfile: path.join(folder, 'index.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    metafile: true,
    supported: { 'dynamic-import': false },
    tsconfigRaw: {},
    // The documents of the contract come with its helpers, but without jest.
    external: ['@jest/globals', 'fast-check'],
    plugins: options.apart ? [sdkApartPlugin] : [],
    ...(options.conditions ? { conditions: options.conditions } : {}),
  });
}

describe('the SDK in a bundle', () => {
  test.each([
    [[], '@cloudbase/node-sdk', 'tcb-admin-node'],
    [['tcb-admin'], 'tcb-admin-node', '@cloudbase/node-sdk'],
  ])('is the one that the conditions %p choose, and only that', async (conditions, one, other) => {
    const { metafile } = await bundle({ apart: false, conditions });

    const inputs = Object.keys(metafile.inputs).join();
    expect(inputs).toContain(`node_modules/${one}/`);
    expect(inputs).not.toContain(`node_modules/${other}/`);
  });

  test.each(sdkDrivers)(
    '%s is loaded from a file of its own, when first needed',
    async (driver) => {
      const fixture = await openStoreFixture({}, contractCollections);
      await bundle({ apart: true });
      writeFileSync(path.join(folder, SDK_FILE), (await buildSdk(driver)).code);
      const env = {
        ...fakedTime(process.env),
        TENCENTCLOUD_SECRETID: keys.secretId,
        TENCENTCLOUD_SECRETKEY: keys.secretKey,
      };

      const args = [path.join(folder, 'index.cjs'), fixture.serviceUrl, keys.envId];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      await fixture.close();

      const { isCreated, isOurs, loadedBefore, loadedAfter } = JSON.parse(stdout);
      expect([isCreated, isOurs]).toEqual([true, true]);
      expect(loadedAfter).toBe(loadedBefore + 1);
    },
  );
});
