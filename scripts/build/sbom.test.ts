import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { buildFunctions } from './build.ts';
import { sbomOf } from './sbom.ts';

const root = path.resolve(import.meta.dirname, '../..');
const outDir = mkdtempSync(path.join(tmpdir(), 'sbom-'));
afterAll(() => rmSync(outDir, { recursive: true }));

test('says which packages are in the bundle of each function, with version and licence', async () => {
  const only = ['callback', 'menu'];
  const built = await buildFunctions({ root, account: fixtureAccount, outDir, only });

  const sbom = sbomOf(root, built) as {
    readonly components: readonly Record<string, unknown>[];
    readonly dependencies: readonly {
      readonly ref: string;
      readonly dependsOn: readonly string[];
    }[];
  };

  const sdk = sbom.components.find(({ name }) => name === '@cloudbase/node-sdk');
  expect(sdk).toMatchObject({
    type: 'library',
    purl: expect.stringMatching(/^pkg:npm\/%40cloudbase\/node-sdk@\d/),
    licenses: [{ license: { name: expect.any(String) } }],
  });
  const callback = sbom.dependencies.find(({ ref }) => ref === 'function:callback');
  expect(callback?.dependsOn).toContain(sdk?.purl);
  const refs = sbom.components.map((component) => component['bom-ref']);
  for (const { dependsOn } of sbom.dependencies) {
    expect(dependsOn.filter((ref) => !refs.includes(ref))).toEqual([]);
  }
  // No tool of the development is in what is deployed.
  expect(sbom.components.map(({ name }) => name)).not.toContain('jest');
});
