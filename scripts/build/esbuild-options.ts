import path from 'node:path';
import { type BuildOptions, type BuildResult, type Metafile, transform } from 'esbuild';
import { accountPlugin } from './account-plugin.ts';
import { commonOptions, outputOptions } from './common-options.ts';
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
    chunkNames: '[name]-[hash]',
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
const mapped = { sourcemap: 'external', sourcesContent: false } as const;

/** A file of a function's bundle. */
export interface BundleFile {
  readonly name: string;
  readonly code: Uint8Array;
  readonly metafile: Metafile;
  /** From the code to the sources, if that was asked for. */
  readonly map?: string;
  /** The same as a file beside the code, which names it. */
  readonly linkedMap?: string;
}

/** The files of a build with these options as CommonJS, the entry first. @throws TransformFailure */
export async function toCommonJs({
  outputFiles,
  metafile,
}: BuildResult<ReturnType<typeof esbuildOptions>>): Promise<BundleFile[]> {
  const textOf = (name: string) =>
    outputFiles.find((each) => path.basename(each.path) === name)?.text;
  const modules = Object.entries(metafile.outputs).filter(([file]) => !file.endsWith('.map'));
  const files = await Promise.all(
    modules.map(async ([file, output]) => {
      const name = path.basename(file);
      const moduleMap = textOf(`${name}.map`);
      const { code, map } = await transform(withMap(textOf(name) ?? '', moduleMap), {
        ...outputOptions,
        ...(moduleMap === undefined ? {} : mapped),
        // As `require`: the first `import()` of a process starts Node's other loader, for 20 ms or more.
        supported: { 'dynamic-import': false },
        logOverride: { 'empty-import-meta': 'error' },
      });
      const own = { ...metafile, outputs: { [file]: output } };
      return { name, code: Buffer.from(code), metafile: own, ...(map === '' ? {} : { map }) };
    }),
  );
  const isEntry = ({ name }: BundleFile) => name === MAIN_FILE || name === SERVER_FILE;
  return files.sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)));
}

/** A module with its map where esbuild looks for it, so that the next map leads to the sources too. */
function withMap(code: string, map: string | undefined): string {
  if (map === undefined) return code;
  const data = Buffer.from(map).toString('base64');
  return `${code}//# sourceMappingURL=data:application/json;base64,${data}\n`;
}
