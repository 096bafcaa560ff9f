import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Account } from '../../shared/account/router.ts';
import { settings } from '../../shared/kernel/settings.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import { BuildCache } from '../build/build-cache.ts';
import { filesOf } from '../build/files-of.ts';
import { findFunctions } from '../build/functions.ts';
import { sourcesOf } from './root.ts';

/** The functions that run the account, and so need its variables: those that import it. */
export function accountFunctions(root: string): readonly string[] {
  return findFunctions(root)
    .filter(({ entry }) => {
      const source = readFileSync(path.join(sourcesOf(root), entry), 'utf8');
      return /from '#account'/.test(source);
    })
    .map(({ name }) => name);
}

/**
 * The variables that an account declares, read from its source as it is now: also in a process that
 * has loaded an earlier one.
 *
 * @throws Error if the module cannot be built or loaded, if it has no `account`, and with every declared
 *   name that cannot be one.
 */
export async function readVariables(root: string, account: string): Promise<Variables> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-account-'));
  const outfile = path.join(folder, 'account.cjs');
  const options = {
    entryPoints: [path.relative(root, account)],
    outfile: 'account.cjs',
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    tsconfigRaw: {},
  } as const satisfies BuildOptions;
  try {
    const [made] = await new BuildCache().files(root, options, async () =>
      filesOf(await build({ ...options, absWorkingDir: root })),
    );
    writeFileSync(outfile, made?.code ?? '');
    const module = createRequire(import.meta.url)(outfile) as { readonly account?: Account };
    if (!module.account) throw new Error('It exports no `account`.');
    const { variables } = module.account;
    const problems = Object.keys(variables).flatMap((name) => nameProblem(name) ?? []);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return variables;
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

/** Prefixes of the platform's own variables. */
const OF_THE_PLATFORM = /^(?:SCF_|QCLOUD_|TENCENTCLOUD_|TCB_|WX_)/;

/** Why a declared variable cannot have this name; `undefined` if it can. */
function nameProblem(name: string): string | undefined {
  if (!/^[A-Z][A-Z0-9_]{1,63}$/.test(name)) {
    return `${name} cannot be the name of a variable: take capital letters, digits and _.`;
  }
  if (OF_THE_PLATFORM.test(name)) return `${name} belongs to the platform: take another name.`;
  if (Object.values(settings).some(({ env }) => env === name)) {
    return `${name} is a setting of fuwuhao itself: take another name.`;
  }
  return undefined;
}
