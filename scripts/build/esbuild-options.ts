import type { BuildOptions } from 'esbuild';
import { commonOptions } from './common-options.ts';
import type { FunctionEntry } from './functions.ts';
import { sdkApartPlugin } from './sdk-bundle.ts';
import { stubPlugin } from './stub-plugin.ts';

/**
 * How one function becomes one CommonJS file. Only `main` is exported, whatever else the module
 * exports for its tests, so that the rest can be left out; a missing `main` is a build error.
 */
export function esbuildOptions(root: string, { name, entry }: FunctionEntry) {
  return {
    absWorkingDir: root,
    stdin: { contents: `export { main } from './${entry}';`, resolveDir: root },
    outfile: `${name}/index.js`,
    ...commonOptions,
    logOverride: { 'empty-import-meta': 'error' },
    plugins: [sdkApartPlugin, stubPlugin()],
  } satisfies BuildOptions;
}
