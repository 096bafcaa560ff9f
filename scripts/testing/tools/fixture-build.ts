import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** The account that tests run on, so that none depends on what an author writes into account.ts. */
export const fixtureAccount = path.join(root, 'scripts/testing/callback/fixture-account.ts');

/** Where a run of the tests builds the functions around it; `dist/` is for what is deployed. */
export const fixtureBuild = path.join(root, '.fuwuhao/test-build');

/** The bundle of one function. */
export function builtFunction(name: string): string {
  return path.join(fixtureBuild, name, 'index.js');
}
