import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildFunctions } from '../../build/build.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export interface BundledAccount {
  /** The bundle of a function. */
  fileOf(name: string): string;
  remove(): void;
}

/**
 * Bundles functions around an account of the test's own. `source` is a module that imports what it
 * needs from `fuwuhao` and exports `account`.
 */
export async function bundleAccount(
  source: string,
  functions: readonly string[] = ['callback'],
): Promise<BundledAccount> {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-'));
  const account = path.join(folder, 'account.ts');
  writeFileSync(account, source.replace("'fuwuhao'", `'${path.join(root, 'shared/index.ts')}'`));
  const outDir = path.join(folder, 'dist');
  const built = await buildFunctions({ root, account, outDir, only: functions, mayReuse: true });
  return {
    fileOf: (name) => built.find((one) => one.name === name)?.file ?? '',
    remove: () => rmSync(folder, { recursive: true }),
  };
}
