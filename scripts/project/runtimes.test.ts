import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { commonOptions } from '../build/common-options.ts';
import { DEFAULT_RUNTIME, OLDEST_NODE, RUNTIME } from './runtimes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

test('every function gets the same runtime, from one setting, in both deployment files', () => {
  const { provider, functions } = parse(read('serverless.yml')) as {
    readonly provider: { readonly runtime: string };
    readonly functions: Readonly<Record<string, { readonly runtime?: string }>>;
  };
  const cloudbase = JSON.parse(read('cloudbaserc.json')) as {
    readonly functionDefaultConfig: { readonly runtime: string };
    readonly functions: readonly { readonly runtime?: string }[];
  };

  expect(provider.runtime).toBe(`\${env:SCF_RUNTIME, '${DEFAULT_RUNTIME}'}`);
  expect(cloudbase.functionDefaultConfig.runtime).toBe('{{env.SCF_RUNTIME}}');
  const own = [...Object.values(functions), ...cloudbase.functions].filter((fn) => 'runtime' in fn);
  expect(own).toEqual([]);
  expect(read('.env.example')).toContain(`\n# SCF_RUNTIME=${DEFAULT_RUNTIME}\n`);
});

test.each([
  ['Nodejs18.15', false],
  ['Nodejs20.19', true],
  ['Nodejs22.21', true],
  [DEFAULT_RUNTIME, true],
  ['Nodejs26.3', true],
  ['Python3.10', false],
])('a function may run on %s: %s', (runtime, isAccepted) => {
  expect(RUNTIME.test(runtime)).toBe(isAccepted);
});

test('what is built runs on the oldest runtime that may be chosen, and here', () => {
  const { engines } = JSON.parse(read('package.json')) as { readonly engines: { node: string } };

  expect(commonOptions.target).toBe(`node${OLDEST_NODE}`);
  expect(engines.node).toMatch(new RegExp(`^>=${OLDEST_NODE}\\.`));
});
