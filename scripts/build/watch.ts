import { existsSync } from 'node:fs';
import path from 'node:path';
import { watch } from 'chokidar';
import {
  type BuildContext,
  type BuildFailure,
  context,
  type Message,
  type Metafile,
} from 'esbuild';
import { sourcesOf } from '../project/root.ts';
import { type BuiltFunction, type Bundle, bundleOf, removeOthers, writeBundles } from './build.ts';
import { type BundleFile, toCommonJs } from './common-js.ts';
import { esbuildOptions, eventEntry, serverEntry } from './esbuild-options.ts';
import { type FunctionEntry, findFunctions } from './functions.ts';
import { withLinkedMap } from './linked-map.ts';
import { buildFunctionPage } from './page-bundle.ts';
import { buildSdk, type SdkBundle, type StoreDriver } from './sdk-bundle.ts';

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
  /** By entry file. */
  readonly contexts: Map<string, BuildContext<ReturnType<typeof esbuildOptions>>>;
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
  const linked = (file: BundleFile) => (request.linksMaps ? withLinkedMap(root, file) : file);
  let sdk: Promise<SdkBundle> | undefined;
  const getSdk = () => {
    sdk ??= buildSdk(driver);
    return sdk;
  };
  const functions: Watched[] = await Promise.all(
    findFunctions(request.root).map(async (entry) => {
      const files = [eventEntry(entry), serverEntry(entry) ?? []].flat();
      const contexts = files.map(
        async (file) =>
          [
            file.file,
            await context(esbuildOptions(root, { account, driver, sourceMaps }, file)),
          ] as const,
      );
      return { entry, contexts: new Map(await Promise.all(contexts)), inputs: undefined };
    }),
  );
  const dispose = () =>
    Promise.all(
      functions.flatMap(({ contexts }) => [...contexts.values()]).map((each) => each.dispose()),
    );

  let built: readonly BuiltFunction[];
  try {
    built = await writeBundles({ root, outDir }, await Promise.all(functions.map(bundle)), getSdk);
    removeOthers(built);
  } catch (error) {
    await dispose();
    throw error;
  }

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
    await dispose();
  }

  async function bundle(watched: Watched): Promise<Bundle> {
    watched.inputs = undefined;
    const inputs = new Set<string>();
    const note = (metafile: Metafile) => {
      for (const input of inputsOf(metafile)) inputs.add(input);
    };
    const made = await bundleOf(
      watched.entry,
      async ({ file }) => {
        const result = await watched.contexts.get(file)?.rebuild();
        if (!result) throw new Error(`${watched.entry.name} has no ${file}.`);
        note(result.metafile);
        return (await toCommonJs(result)).map(linked);
      },
      async (page) => {
        const files = await buildFunctionPage(root, page);
        for (const { metafile } of files) note(metafile);
        return files;
      },
    );
    watched.inputs = inputs;
    return made;
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

  function inputsOf({ inputs }: Metafile): ReadonlySet<string> {
    return new Set(Object.keys(inputs).map((file) => path.resolve(root, file)));
  }

  async function rebuild(): Promise<void> {
    const touched = [...changed];
    changed.clear();
    const affected = functions.filter(
      ({ inputs }) => !inputs || touched.some((file) => inputs.has(file)),
    );
    if (affected.length === 0) return;
    const results = await Promise.allSettled(affected.map(bundle));
    const bundles = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failures = results.flatMap((each, at) =>
      each.status === 'rejected'
        ? [{ name: affected[at]?.entry.name ?? '', errors: errorsIn(each.reason) }]
        : [],
    );
    if (isClosed) return;
    watchOutside();
    const made = await writeBundles({ root, outDir }, bundles, getSdk);
    if (isClosed) return;
    onRebuild({ built: made, failures, ms: Math.round(performance.now() - firstAt) });
  }
}

function errorsIn(reason: unknown): readonly Message[] {
  const { errors } = reason as Partial<BuildFailure>;
  if (errors) return errors;
  throw reason;
}
