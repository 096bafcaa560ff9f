import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { contentsOf, type Share } from './contents.ts';
import { esbuildOptions, type StoreDriver } from './esbuild-options.ts';
import { findFunctions } from './functions.ts';

/** What the platform is told to call: `main` of `index.js`. */
export const HANDLER = 'index.main';

export interface BuildRequest {
  /** The checkout, absolute. */
  readonly root: string;
  /** Where `<name>/index.js` goes, absolute. */
  readonly outDir: string;
  /** Names of functions; all of them unless given. */
  readonly only?: readonly string[];
  /** Default `cloudbase`. */
  readonly driver?: StoreDriver;
}

export interface BuiltFunction {
  readonly name: string;
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly handler: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly contents: readonly Share[];
}

/**
 * Bundles each function into one CommonJS file that exports `main`. The bytes depend on the sources
 * and the packages only, not on the folder they are in.
 *
 * @throws BuildFailure of esbuild, with all errors; Error for an unknown function name.
 */
export async function buildFunctions(request: BuildRequest): Promise<BuiltFunction[]> {
  const { root, outDir, only, driver = 'cloudbase' } = request;
  const entries = findFunctions(root, only);
  const bundles = await Promise.all(
    entries.map(async (entry) => {
      const { outputFiles, metafile } = await build(esbuildOptions(root, entry, driver));
      return { name: entry.name, code: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
    }),
  );
  if (bundles.length === 0) return [];
  // Above the functions, so that a function's folder holds its code alone. The platform has no such
  // file and takes `.js` as CommonJS; here the root's "type": "module" would say otherwise.
  writeWhole(path.join(outDir, 'package.json'), '{"type":"commonjs"}\n');
  return bundles.map(({ name, code, metafile }) => {
    const file = path.join(outDir, name, 'index.js');
    writeWhole(file, code);
    return {
      name,
      file,
      handler: HANDLER,
      bytes: code.byteLength,
      gzipBytes: gzipSync(code).byteLength,
      contents: contentsOf(metafile),
    };
  });
}

/** A process that starts meanwhile loads the old file or the new one, never a part. */
function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
