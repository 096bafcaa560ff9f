import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { packageFolder } from '../packages.mjs';
import { toolsRoot } from '../project/root.ts';

const ENTRY = 'shared/proxy-sdk/index.ts';
const TYPES = 'types/proxy-sdk/index.d.ts';

/** What a business system is given: one module without imports, and its types. */
export interface BuiltClient {
  /** The folder: a package of its own, `fuwuhao`, that has the entry `fuwuhao/client` and nothing else. */
  readonly folder: string;
  readonly bytes: number;
}

/**
 * Builds the client of the API proxy into `<outDir>/client`, to be installed from there or copied:
 * `npm install ./dist/client`.
 *
 * @throws BuildFailure of esbuild, or the compiler's own words if the types cannot be written.
 */
export async function buildProxySdk({ outDir }: { readonly outDir: string }): Promise<BuiltClient> {
  const folder = path.join(outDir, 'client');
  const [{ outputFiles }] = await Promise.all([
    build({
      absWorkingDir: toolsRoot,
      entryPoints: [`./${ENTRY}`],
      outfile: 'index.js',
      bundle: true,
      format: 'esm',
      // No module of any runtime: what it needs is global everywhere.
      platform: 'neutral',
      target: 'es2022',
      charset: 'utf8',
      write: false,
      logLevel: 'silent',
      tsconfigRaw: {},
    }),
    writeTypes(path.join(folder, 'types')),
  ]);
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const { version, license } = JSON.parse(
    readFileSync(path.join(toolsRoot, 'package.json'), 'utf8'),
  );
  const exports = { './client': { types: `./${TYPES}`, default: './index.js' } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.js'), code);
  writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify({ name: 'fuwuhao', version, license, type: 'module', exports }, null, 2)}\n`,
  );
  return { folder, bytes: code.byteLength };
}

async function writeTypes(outDir: string): Promise<void> {
  const compiler = path.join(packageFolder(toolsRoot, 'typescript'), 'bin/tsc');
  const options = [
    ...['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--outDir', outDir],
    ...['--rootDir', 'shared', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2024'],
    ...[
      '--types',
      'node',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
    ],
    ...['--allowImportingTsExtensions', '--verbatimModuleSyntax', '--skipLibCheck'],
  ];
  try {
    await promisify(execFile)(process.execPath, [compiler, ...options, ENTRY], { cwd: toolsRoot });
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    throw new Error(`The types of the client cannot be written.\n${stdout ?? ''}`, {
      cause: error,
    });
  }
}
