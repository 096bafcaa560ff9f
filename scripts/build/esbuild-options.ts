import type { BuildOptions } from 'esbuild';
import type { FunctionEntry } from './functions.ts';
import { sdkStubPlugin } from './sdk-stub-plugin.ts';

/** Which of the two SDKs the store is built on; the other one does not enter the bundle. */
export type StoreDriver = 'cloudbase' | 'tcb-admin';

/**
 * How one function becomes one CommonJS file. Only `main` is exported, whatever else the module
 * exports for its tests, so that the rest can be left out; a missing `main` is a build error.
 */
export function esbuildOptions(root: string, { name, entry }: FunctionEntry, driver: StoreDriver) {
  return {
    absWorkingDir: root,
    stdin: { contents: `export { main } from './${entry}';`, resolveDir: root },
    outfile: `${name}/index.js`,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'silent',
    logOverride: { 'empty-import-meta': 'error' },
    // A local tsconfig must not change what is deployed.
    tsconfigRaw: {},
    // `#store-driver` in package.json; `module` is what esbuild would add by itself.
    conditions: [driver, 'module'],
    plugins: [sdkStubPlugin()],
  } satisfies BuildOptions;
}
