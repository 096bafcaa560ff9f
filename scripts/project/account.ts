import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { Account } from '../../shared/account/router.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import { findFunctions } from '../build/functions.ts';

/** The functions that run the account, and so need its variables: those that import it. */
export function accountFunctions(root: string): readonly string[] {
  return findFunctions(root)
    .filter(({ entry }) => /from '#account'/.test(readFileSync(path.join(root, entry), 'utf8')))
    .map(({ name }) => name);
}

/**
 * The variables that an account declares, read from its source as it is now: also in a process that
 * has loaded an earlier one.
 *
 * @throws Error if the module cannot be built or loaded, or has no `account`.
 */
export async function readVariables(root: string, account: string): Promise<Variables> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-account-'));
  const outfile = path.join(folder, 'account.cjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [account],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      tsconfigRaw: {},
    });
    const module = createRequire(import.meta.url)(outfile) as { readonly account?: Account };
    if (!module.account) throw new Error('It exports no `account`.');
    return module.account.variables;
  } catch (error) {
    const where = path.relative(root, account);
    throw new Error(`${where} cannot be read: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Texts that the variables of an account take, for what only needs some. */
export async function sampleTexts(root: string, account: string): Promise<Record<string, string>> {
  const variables = Object.entries(await readVariables(root, account));
  return Object.fromEntries(variables.map(([name, { sample }]) => [name, sample]));
}
