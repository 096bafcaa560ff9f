import { type BuildOptions, build } from 'esbuild';
import type { BundleFile } from './common-js.ts';
import { filesOf } from './files-of.ts';

/** What every page of ours is built with, the simulator's too. */
export const pageOptions = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'esm',
  // Browsers of the last years; the phones of operators are among them.
  target: 'es2022',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  // A local tsconfig must not change what is deployed.
  tsconfigRaw: {},
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** The page of a function for browsers: `page.js`, `page.css`, and what they load. @throws BuildFailure */
export async function buildFunctionPage(root: string, entry: string): Promise<BundleFile[]> {
  return filesOf(
    await build({
      ...pageOptions,
      absWorkingDir: root,
      entryPoints: { page: entry },
      outdir: 'bundle',
      // What only one of the pages needs is a file of its own, which is read when that page is opened.
      chunkNames: 'page-[name]-[hash]',
      splitting: true,
    }),
  );
}
