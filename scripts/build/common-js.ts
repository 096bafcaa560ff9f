import path from 'node:path';
import { type BuildResult, build, type Metafile, type Plugin, transform } from 'esbuild';
import { commonOptions, outputOptions } from './common-options.ts';
import { type esbuildOptions, MAIN_FILE, mapped, SERVER_FILE } from './esbuild-options.ts';

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

/** A module as esbuild has split them. */
interface Module {
  readonly name: string;
  /** With its map in it, if there is one. */
  readonly contents: string;
  readonly isMapped: boolean;
  readonly output: Metafile['outputs'][string];
}

/** As `require`: the first `import()` of a process starts Node's other loader, for 20 ms or more. */
const commonJs = {
  supported: { 'dynamic-import': false },
  logOverride: { 'empty-import-meta': 'error' },
} as const;

/**
 * The files of a build with these options as CommonJS, the entry first. All that the entry always loads
 * is in its one file, and whatever is loaded later takes from there what both need: as files of their
 * own, those parts would cost each cold start more than it saves to load the others later.
 *
 * @throws BuildFailure, TransformFailure
 */
export async function toCommonJs(
  result: BuildResult<ReturnType<typeof esbuildOptions>>,
): Promise<BundleFile[]> {
  const modules = modulesOf(result);
  const entry = modules.find(({ name }) => name === MAIN_FILE || name === SERVER_FILE);
  if (!entry) throw new Error('A bundle has no entry.');
  const parts = loadedWith(entry, modules);
  const later = modules.filter((module) => !parts.includes(module));
  const [, ...chunks] = parts;
  const shared = chunks.filter(({ name }) => later.some((module) => imports(module, name)));
  const metafileOf = (of: readonly Module[]): Metafile => ({
    ...result.metafile,
    outputs: Object.fromEntries(of.map(({ name, output }) => [name, output])),
  });
  const entryFile = { ...(await bundleEntry(entry, parts, shared)), metafile: metafileOf(parts) };
  const laterFiles = later.map(async (module) => {
    const { code, map } = await transform(module.contents, {
      ...outputOptions,
      ...commonJs,
      ...(module.isMapped ? mapped : {}),
    });
    return {
      name: module.name,
      code: Buffer.from(takingFrom(entry.name, shared, code)),
      metafile: metafileOf([module]),
      ...(map === '' ? {} : { map }),
    };
  });
  return [entryFile, ...(await Promise.all(laterFiles))];
}

function modulesOf({
  outputFiles,
  metafile,
}: BuildResult<ReturnType<typeof esbuildOptions>>): readonly Module[] {
  const texts = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
  return Object.entries(metafile.outputs)
    .filter(([file]) => !file.endsWith('.map'))
    .map(([file, output]) => {
      const name = path.basename(file);
      const map = texts.get(`${name}.map`);
      const contents = withMap(texts.get(name) ?? '', map);
      return { name, contents, isMapped: map !== undefined, output };
    });
}

/** A module with its map where esbuild looks for it, so that the next map leads to the sources too. */
function withMap(code: string, map: string | undefined): string {
  if (map === undefined) return code;
  const data = Buffer.from(map).toString('base64');
  return `${code}//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

function imports({ output }: Module, name: string): boolean {
  return output.imports.some(
    ({ kind, path: file }) => kind === 'import-statement' && path.basename(file) === name,
  );
}

/** The entry, and each chunk that is loaded with it. */
function loadedWith(entry: Module, modules: readonly Module[]): readonly Module[] {
  const found = new Set([entry]);
  for (const module of found) {
    for (const other of modules) if (imports(module, other.name)) found.add(other);
  }
  return [...found];
}

/** The entry with its chunks in one file, which hands out what is in those of `shared`. */
async function bundleEntry(
  entry: Module,
  parts: readonly Module[],
  shared: readonly Module[],
): Promise<Omit<BundleFile, 'metafile'>> {
  const handedOut = shared.map(({ name }) => `export * as ${shareName(name)} from './${name}';`);
  const { outputFiles } = await build({
    ...commonOptions,
    ...commonJs,
    ...(entry.isMapped ? mapped : {}),
    stdin: { contents: [`export * from './${entry.name}';`, ...handedOut].join('\n') },
    outfile: entry.name,
    plugins: [inMemory(parts)],
  });
  const textOf = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending));
  const map = textOf('.map')?.text;
  return {
    name: entry.name,
    code: textOf('.js')?.contents ?? new Uint8Array(),
    ...(map === undefined ? {} : { map }),
  };
}

/** For esbuild: modules that are on no disk. What is none of them stays outside. */
function inMemory(modules: readonly Module[]): Plugin {
  const contents = new Map(modules.map((module) => [`./${module.name}`, module.contents]));
  return {
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path }) =>
        contents.has(path) ? { path, namespace: 'in-memory' } : { path, external: true },
      );
      build.onLoad({ filter: /.*/, namespace: 'in-memory' }, ({ path }) => ({
        contents: contents.get(path) ?? '',
      }));
    },
  };
}

/** By the hash of what is in it: an instance that runs on while others are built takes no other part. */
function shareName(name: string): string {
  return `_${/\w+(?=\.js$)/.exec(name)?.[0]}`;
}

/** Each text stays as long as it was, so that the map of the code stays right. */
function takingFrom(entry: string, shared: readonly Module[], code: string): string {
  return shared.reduce((text, { name }) => {
    const before = `require("./${name}")`;
    const after = `require("./${entry}").${shareName(name)}`;
    return text.replaceAll(before, after.padEnd(before.length));
  }, code);
}
