import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { contentsOf, type Share } from './contents.ts';
import { esbuildOptions } from './esbuild-options.ts';
import { type FunctionEntry, findFunctions } from './functions.ts';
import { buildSdk, loadsSdk, SDK_FILE, type SdkBundle, type SdkDriver } from './sdk-bundle.ts';

/** What the platform is told to call: `main` of `index.js`. */
export const HANDLER = 'index.main';

export interface BuildRequest {
  /** The checkout, absolute. */
  readonly root: string;
  /** Where `<name>/index.js` goes, absolute. */
  readonly outDir: string;
  /** Names of functions; all of them unless given. */
  readonly only?: readonly string[];
  /** Which SDK the store is built on; the other one enters no bundle. Default `node-sdk`. */
  readonly driver?: SdkDriver;
}

export interface BuiltFile {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly contents: readonly Share[];
}

export interface BuiltFunction {
  readonly name: string;
  /** Absolute path of `index.js`. */
  readonly file: string;
  readonly handler: string;
  /** `index.js`, and the SDK if the function may need it. */
  readonly files: readonly BuiltFile[];
}

/**
 * Bundles each function into one CommonJS file that exports `main`, and beside it, for those that
 * use the store, the SDK, which is loaded when it is first needed. The bytes depend on the sources
 * and the packages only, not on the folder they are in.
 *
 * @throws BuildFailure of esbuild, with all errors; Error for an unknown function name.
 */
export async function buildFunctions({ only, ...request }: BuildRequest): Promise<BuiltFunction[]> {
  return buildEntries({ ...request, entries: findFunctions(request.root, only) });
}

/** The same for entries of any folder: functions that exist for a test only. */
export async function buildEntries(
  request: Omit<BuildRequest, 'only'> & { readonly entries: readonly FunctionEntry[] },
): Promise<BuiltFunction[]> {
  const { root, outDir, entries, driver = 'node-sdk' } = request;
  const bundles = await Promise.all(
    entries.map(async ({ name, entry }) => {
      return bundleOf(name, await build(esbuildOptions(root, { name, entry })));
    }),
  );
  return writeBundles(outDir, bundles, () => buildSdk(driver));
}

/** One function as esbuild has made it, still in memory. */
export interface Bundle {
  readonly name: string;
  readonly code: Uint8Array;
  readonly metafile: Metafile;
}

/** The bundle in a result of esbuild with our options. */
export function bundleOf(
  name: string,
  result: {
    readonly outputFiles: readonly { readonly contents: Uint8Array }[];
    readonly metafile: Metafile;
  },
): Bundle {
  const { outputFiles, metafile } = result;
  return { name, code: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
}

/** Writes bundles to their places, with the SDK beside those that may load it. */
export async function writeBundles(
  outDir: string,
  bundles: readonly Bundle[],
  getSdk: () => Promise<SdkBundle>,
): Promise<BuiltFunction[]> {
  if (bundles.length === 0) return [];
  const needsSdk = bundles.some(({ metafile }) => loadsSdk(metafile));
  const sdk = needsSdk ? await getSdk() : undefined;
  // Above the functions, so that a function's folder holds its code alone. The platform has no such
  // file and takes `.js` as CommonJS; here the root's "type": "module" would say otherwise.
  writeWhole(path.join(outDir, 'package.json'), '{"type":"commonjs"}\n');
  return bundles.map(({ name, code, metafile }) => {
    const folder = path.join(outDir, name);
    const files = [{ name: 'index.js', code, metafile }];
    if (sdk && loadsSdk(metafile)) files.push({ name: SDK_FILE, ...sdk });
    for (const file of files) writeWhole(path.join(folder, file.name), file.code);
    return {
      name,
      file: path.join(folder, 'index.js'),
      handler: HANDLER,
      files: files.map(({ name, code, metafile }) => ({
        name,
        bytes: code.byteLength,
        gzipBytes: gzipSync(code).byteLength,
        contents: contentsOf(metafile),
      })),
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
