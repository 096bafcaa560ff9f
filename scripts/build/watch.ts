import { existsSync } from 'node:fs';
import path from 'node:path';
import { watch } from 'chokidar';
import type { BuildFailure, Message } from 'esbuild';
import { sourcesOf } from '../project/root.ts';
import {
  type BuiltFunction,
  type Bundle,
  bundleOf,
  removeOthers,
  sdkOf,
  writeBundles,
} from './build.ts';
import { BuildCache } from './build-cache.ts';
import type { BundleFile } from './common-js.ts';
import { type FunctionEntry, findFunctions } from './functions.ts';
import { withLinkedMap } from './linked-map.ts';
import type { StoreDriver } from './sdk-bundle.ts';

/** What became of a change in the sources. */
export interface Rebuild {
  /** Those that are new on the disk. */
  readonly built: readonly BuiltFunction[];
  /** By function; the files on the disk are the old ones. */
  readonly failures: readonly { readonly name: string; readonly errors: readonly Message[] }[];
  /** From the change that was seen first to the last byte on the disk. */
  readonly ms: number;
}

export interface WatchedBuild {
  /** The first build. */
  readonly built: readonly BuiltFunction[];
  /** Resolves when what was under way has ended. A second call waits for the first. */
  close(): Promise<void>;
}

interface Watched {
  readonly entry: FunctionEntry;
  /** Absolute; `undefined` while it does not build, when any file may be the one that mends it. */
  inputs: ReadonlySet<string> | undefined;
}

/** An editor may write several files at once, and one of them in several steps. */
const GATHER_MS = 25;

/**
 * Builds the functions, then those that a changed file belongs to, again and again.
 *
 * @throws BuildFailure of esbuild if the first build fails.
 */
export async function watchFunctions(request: {
  readonly root: string;
  /** The module whose `account` is built in, absolute. */
  readonly account: string;
  /** Which database and client the store is built on. Default `node-sdk`. */
  readonly driver?: StoreDriver;
  readonly outDir: string;
  /** Whether maps to the sources come with what is built. */
  readonly sourceMaps?: boolean;
  /** Whether those maps stand beside the code too, which is then not as it is deployed. */
  readonly linksMaps?: boolean;
  readonly onRebuild: (rebuild: Rebuild) => void;
}): Promise<WatchedBuild> {
  const { account, driver = 'node-sdk', sourceMaps = false, outDir, onRebuild } = request;
  const root = sourcesOf(request.root);
  const functions = findFunctions(request.root).map(
    (entry): Watched => ({ entry, inputs: undefined }),
  );
  const first = new BuildCache();
  const built = await write(await Promise.all(functions.map((each) => bundle(each, first))), first);
  removeOthers(built);

  const changed = new Set<string>();
  let firstAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  let isClosed = false;
  const folders = ['functions', 'shared'].map((folder) => path.join(root, folder));
  // An account elsewhere in the project, such as in examples/accounts, with what stands beside it.
  const isOwn = path.dirname(account).startsWith(request.root + path.sep);
  if (isOwn) folders.push(path.dirname(account));
  const files = watch(folders, {
    ignoreInitial: true,
    ignored: (file) => /\.(?:test|test-\w+)\.ts$/.test(file),
  });
  /** What the functions are made of and does not stand in these folders. */
  const outside = new Set<string>();
  watchOutside();
  files.on('all', (_, file) => {
    if (isClosed) return;
    if (changed.size === 0) firstAt = performance.now();
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(rebuild);
    }, GATHER_MS);
  });
  await new Promise<void>((resolve) => files.once('ready', () => resolve()));

  let closing: Promise<void> | undefined;
  return {
    built,
    close() {
      closing ??= end();
      return closing;
    },
  };

  async function end(): Promise<void> {
    isClosed = true;
    clearTimeout(timer);
    await files.close();
    await working;
  }

  async function bundle(watched: Watched, cache: BuildCache): Promise<Bundle> {
    watched.inputs = undefined;
    const from = { root, account, driver, sourceMaps };
    const { name, files, server } = await bundleOf(watched.entry, from, cache);
    watched.inputs = new Set(
      [...files, ...(server ?? [])]
        .flatMap(({ metafile }) => Object.keys(metafile.inputs))
        .map((file) => path.resolve(root, file)),
    );
    return {
      name,
      files: files.map(linked),
      ...(server ? { server: server.map(linked) } : {}),
    };
  }

  function linked(file: BundleFile): BundleFile {
    return request.linksMaps ? withLinkedMap(root, file) : file;
  }

  function write(bundles: readonly Bundle[], cache: BuildCache): Promise<BuiltFunction[]> {
    return writeBundles({ root, outDir }, bundles, () => sdkOf(driver, cache));
  }

  function watchOutside(): void {
    const inputs = functions.flatMap(({ inputs }) => [...(inputs ?? [])]);
    const added = inputs.filter((file) => isOutside(file) && !outside.has(file));
    for (const file of added) outside.add(file);
    // A closed watcher to which a file is added opens again, and nobody would close it.
    if (added.length > 0 && !isClosed) files.add([...new Set(added)]);
  }

  function isOutside(file: string): boolean {
    const isWatched = folders.some((folder) => file.startsWith(folder + path.sep));
    return (
      !isWatched && path.isAbsolute(file) && !file.includes('node_modules') && existsSync(file)
    );
  }

  async function rebuild(): Promise<void> {
    const touched = [...changed];
    changed.clear();
    const affected = functions.filter(
      ({ inputs }) => !inputs || touched.some((file) => inputs.has(file)),
    );
    if (affected.length === 0) return;
    const cache = new BuildCache();
    const results = await Promise.allSettled(affected.map((each) => bundle(each, cache)));
    const bundles = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failures = results.flatMap((each, at) =>
      each.status === 'rejected'
        ? [{ name: affected[at]?.entry.name ?? '', errors: errorsIn(each.reason) }]
        : [],
    );
    if (isClosed) return;
    watchOutside();
    const made = await write(bundles, cache);
    if (isClosed) return;
    onRebuild({ built: made, failures, ms: Math.round(performance.now() - firstAt) });
  }
}

function errorsIn(reason: unknown): readonly Message[] {
  const { errors } = reason as Partial<BuildFailure>;
  if (errors) return errors;
  throw reason;
}
