import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ownAccount, sourcesOf, toolsRoot } from '../project/root.ts';
import { BuildCache, type BuildVariant } from './build-cache.ts';
import { type BundleFile, toCommonJs } from './common-js.ts';
import { contentsOf, OUR_CODE, type Share } from './contents.ts';
import {
  type BundleChoices,
  type EntryFile,
  esbuildOptions,
  eventEntry,
  MAIN_FILE,
  serverEntry,
} from './esbuild-options.ts';
import { type FunctionEntry, findFunctions } from './functions.ts';
import { buildFunctionPage } from './page-bundle.ts';
import { BOOTSTRAP_FILE, bootstrapOf } from './scf-bootstrap.ts';
import { buildSdk, loadsSdk, SDK_FILE, type SdkBundle, type StoreDriver } from './sdk-bundle.ts';
import { writeWhole } from './write-whole.ts';

/** What the platform is told to call: `main` of `index.js`. */
export const HANDLER = 'index.main';

export interface BuildRequest {
  /** The project, absolute: a checkout, or the folder of a bot alone. */
  readonly root: string;
  /** The module whose `account` is built in, absolute; the project's own unless given. */
  readonly account?: string;
  /** Where `<name>/index.js` goes, absolute. */
  readonly outDir: string;
  /** Names of functions; all of them unless given. */
  readonly only?: readonly string[];
  /** Which database and client the store is built on; no other enters a bundle. Default `node-sdk`. */
  readonly driver?: StoreDriver;
  /** Whether a bundle that would come out the same need not be made again. Default: it is made. */
  readonly mayReuse?: boolean;
}

export interface BuiltFile {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly contents: readonly Share[];
  /** What the bundler read for it, as it names that: paths from the root, or `stub:…` and the like. */
  readonly inputs: readonly string[];
  /** To the sources, if the build makes such maps. */
  readonly map?: string;
}

export interface BuiltFunction {
  readonly name: string;
  /** Absolute path of `index.js`. */
  readonly file: string;
  readonly handler: string;
  /** `index.js`, what it loads when it first needs it, and the SDK if the function may need that. */
  readonly files: readonly BuiltFile[];
  /** The same app as an HTTP server, if it has one: `server.js`, what it loads, `scf_bootstrap`. */
  readonly server?: { readonly files: readonly BuiltFile[] };
}

/**
 * Bundles each function into CommonJS: `index.js`, which exports `main`, and beside it what it loads
 * when that is first needed, such as the SDK of the store; `server.js` too, where there is a server. The bytes depend on the sources and the
 * packages only, not on the folder they are in.
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
  const { account = ownAccount(request.root), outDir, entries, driver = 'node-sdk' } = request;
  const root = sourcesOf(request.root);
  const cache = request.mayReuse ? new BuildCache() : undefined;
  const from = { root, account, driver };
  const bundles = await Promise.all(entries.map((entry) => bundleOf(entry, from, cache)));
  const built = await writeBundles({ root, outDir }, bundles, () => sdkOf(driver, cache));
  removeOthers(built);
  return built;
}

/** One function as esbuild has made it, still in memory. */
export interface Bundle {
  readonly name: string;
  readonly files: readonly BundleFile[];
  readonly server?: readonly BundleFile[];
}

/** Makes both doors of a function, and the page that it serves through either, unless the cache has them. */
export async function bundleOf(
  entry: FunctionEntry,
  { root, ...choices }: BundleChoices & { readonly root: string },
  cache: BuildCache | undefined,
): Promise<Bundle> {
  const { page } = entry;
  const makeDoor = (file: EntryFile) =>
    reused(cache, root, { ...choices, ...file }, async () =>
      toCommonJs(await build(esbuildOptions(root, choices, file))),
    );
  const server = serverEntry(entry);
  const [files, serverFiles, pageFiles = []] = await Promise.all([
    makeDoor(eventEntry(entry)),
    server && makeDoor(server),
    page === undefined
      ? undefined
      : reused(cache, root, { page }, () => buildFunctionPage(root, page)),
  ]);
  return {
    name: entry.name,
    files: [...files, ...pageFiles],
    ...(serverFiles ? { server: [...serverFiles, ...pageFiles] } : {}),
  };
}

/** The driver of the store with its SDK, unless the cache has it. */
export async function sdkOf(
  driver: StoreDriver,
  cache: BuildCache | undefined,
): Promise<SdkBundle> {
  const [sdk] = await reused(cache, toolsRoot, { sdk: driver }, async () => [
    { name: SDK_FILE, ...(await buildSdk(driver)) },
  ]);
  if (!sdk) throw new Error(`No SDK was made for ${driver}.`);
  return sdk;
}

function reused(
  cache: BuildCache | undefined,
  root: string,
  options: BuildVariant,
  make: () => Promise<readonly BundleFile[]>,
): Promise<readonly BundleFile[]> {
  return cache ? cache.files(root, options, make) : make();
}

/** Writes bundles of the sources in `root` to their places, with the SDK beside those that may load it. */
export async function writeBundles(
  { root, outDir }: { readonly root: string; readonly outDir: string },
  bundles: readonly Bundle[],
  getSdk: () => Promise<SdkBundle>,
): Promise<BuiltFunction[]> {
  if (bundles.length === 0) return [];
  const all = bundles.flatMap(({ files, server = [] }) => [...files, ...server]);
  const sdk = all.some(loadsSdk) ? await getSdk() : undefined;
  // Above the functions, so that a function's folder holds its code alone. The platform has no such
  // file and takes `.js` as CommonJS; here the root's "type": "module" would say otherwise.
  writeWhole(path.join(outDir, 'package.json'), '{"type":"commonjs"}\n');
  return bundles.map(({ name, files, server }) => {
    const folder = path.join(outDir, name);
    if (server) writeWhole(path.join(folder, BOOTSTRAP_FILE), bootstrapOf(), 0o755);
    return {
      name,
      file: path.join(folder, MAIN_FILE),
      handler: HANDLER,
      files: write(root, folder, files, sdk),
      ...(server
        ? { server: { files: [...write(root, folder, server, sdk), bootstrapFile()] } }
        : {}),
    };
  });
}

/** Writes the files of one door, with the SDK beside those that may load it. */
function write(
  root: string,
  folder: string,
  own: readonly BundleFile[],
  sdk: SdkBundle | undefined,
): readonly BuiltFile[] {
  const files: readonly BundleFile[] =
    sdk && own.some(loadsSdk) ? [...own, { name: SDK_FILE, ...sdk }] : own;
  // What loads the others comes last, so that a process that starts meanwhile finds them all.
  for (const { name, code, linkedMap } of [...files].reverse()) {
    if (linkedMap !== undefined) writeWhole(path.join(folder, `${name}.map`), linkedMap);
    writeWhole(path.join(folder, name), code);
  }
  return files.map(({ name, code, metafile, map }) => ({
    name,
    ...(map === undefined ? {} : { map }),
    bytes: code.byteLength,
    // Few ask, and to compress all files takes a tenth of a build.
    get gzipBytes() {
      return gzipSync(code).byteLength;
    },
    contents: contentsOf(root, metafile, code.byteLength),
    inputs: Object.keys(metafile.inputs),
  }));
}

function bootstrapFile(): BuiltFile {
  const code = Buffer.from(bootstrapOf());
  const bytes = code.byteLength;
  const contents = [{ from: OUR_CODE, bytes }];
  return {
    name: BOOTSTRAP_FILE,
    bytes,
    gzipBytes: gzipSync(code).byteLength,
    contents,
    inputs: [],
  };
}

/**
 * Removes what earlier builds have left, which would be deployed too. Not while instances run: one
 * with the code of before loads its files when it first needs them.
 */
export function removeOthers(built: readonly BuiltFunction[]): void {
  for (const { file, files, server } of built) {
    const folder = path.dirname(file);
    const made = new Set([...files, ...(server?.files ?? [])].map(({ name }) => name));
    for (const name of readdirSync(folder)) {
      const isOurs = /\.(?:c?js|css)$/.test(name) && !made.has(name);
      if (isOurs) rmSync(path.join(folder, name));
    }
  }
}
