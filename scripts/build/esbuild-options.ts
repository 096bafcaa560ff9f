import type { BuildOptions } from 'esbuild';
import { accountPlugin } from './account-plugin.ts';
import { commonOptions } from './common-options.ts';
import type { FunctionEntry } from './functions.ts';
import { conditionsOf, type StoreDriver, sdkApartPlugin } from './sdk-bundle.ts';
import { stubPlugin } from './stub-plugin.ts';

/** What differs from one build of the same functions to another. */
export interface BundleChoices {
  /** The module whose `account` is built in, absolute. */
  readonly account: string;
  /** Which database and client the store is built on. */
  readonly driver: StoreDriver;
  /** Whether a map to the sources comes with each file; the file itself is the same. Default `false`. */
  readonly sourceMaps?: boolean;
}

/** What the platform loads first. */
export const MAIN_FILE = 'index.js';
/** What `scf_bootstrap` and containers run. */
export const SERVER_FILE = 'server.js';

/** One of the files by which a function is entered. */
export interface EntryFile {
  /** Without its ending. */
  readonly file: 'index' | 'server';
  /** The module that esbuild begins with. */
  readonly contents: string;
}

/** The event function, of which only `main` is exported; a missing `main` is a build error. */
export function eventEntry({ entry }: FunctionEntry): EntryFile {
  return { file: 'index', contents: `export { main } from './${entry}';` };
}

/** The HTTP server, if the function has one: its `main` is called. */
export function serverEntry({ server }: FunctionEntry): EntryFile | undefined {
  return server === undefined
    ? undefined
    : { file: 'server', contents: `import { main } from './${server}'; void main();` };
}

/**
 * How one function becomes `index.js` or `server.js`, and a file more for each module that it imports
 * when it first needs it: merely to parse what a call may not need would cost each cold start. The two
 * are built apart, for an event function that shared its code with a server would have one file more
 * to load.
 */
export function esbuildOptions(
  root: string,
  { account, driver, sourceMaps = false }: BundleChoices,
  { file, contents }: EntryFile,
) {
  const conditions = conditionsOf(driver);
  return {
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
    outdir: 'bundle',
    entryNames: file,
    // What one door loads later takes from that door what both need, so the other has its own.
    chunkNames: `[name]-${file}-[hash]`,
    ...commonOptions,
    // Where the files of a function's page stand: beside its own.
    define: { 'import.meta.dirname': '__dirname' },
    // Only these modules can be split; `toCommonJs` makes of them what the platform loads.
    format: 'esm',
    splitting: true,
    ...(sourceMaps ? mapped : {}),
    // To name any turns off the one that esbuild goes by of itself.
    ...(conditions.length > 0 ? { conditions: ['module', ...conditions] } : {}),
    plugins: [accountPlugin(account), sdkApartPlugin, stubPlugin()],
  } as const satisfies BuildOptions;
}

/** The sources are on this machine, so the maps need not hold them. */
export const mapped = { sourcemap: 'external', sourcesContent: false } as const;
