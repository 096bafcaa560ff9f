import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { type BuiltFile, buildFunctions } from '../../build/build.ts';
import { filesAmong } from '../../build/recipe.ts';
import { BOOTSTRAP_FILE } from '../../build/scf-bootstrap.ts';
import { driverFrom, SDK_FILE } from '../../build/sdk-bundle.ts';
import { sourcesOf, toolsRoot } from '../../project/root.ts';
import { FreshPackages, type Made } from './fresh-packages.ts';
import type { Package, PackedFunction } from './package.ts';

/** Local time on purpose: the library writes it as it reads it, so that zips are alike everywhere. */
const LONG_AGO = new Date(1980, 0, 1);

export interface PackOptions {
  /** Whether packages that would come out the same need not be made again. */
  readonly mayReuse: boolean;
}

/**
 * Bundles functions and packs each into a zip of its own, with nothing but its bundle inside: the
 * same sources make the same bytes, and therefore need not be packed twice.
 *
 * @throws what the bundler throws; Error for an unknown function, or an HTTP function without a server.
 */
export async function packFunctions(
  root: string,
  functions: readonly PackedFunction[],
  { mayReuse }: PackOptions,
): Promise<readonly Package[]> {
  const driver = driverFrom(process.env);
  const fresh = new FreshPackages(root, driver);
  const found = mayReuse ? fresh.find(functions) : undefined;
  if (found) return found;
  const startedAt = Date.now();
  const built = await buildFunctions({
    root,
    outDir: path.join(root, 'dist'),
    only: functions.map(({ name }) => name),
    driver,
    mayReuse,
  });
  const made = built.map(({ name, file, files: ownFiles, server }): Made => {
    const isHttp = functions.some((each) => each.name === name && each.isHttp);
    const files = isHttp ? server?.files : ownFiles;
    if (!files) {
      throw new Error(
        `serverless.yml makes ${name} an HTTP function, but there is no functions/${name}/server.ts.`,
      );
    }
    const folder = path.dirname(file);
    const contents = files.map(
      ({ name }) => [name, readFileSync(path.join(folder, name))] as const,
    );
    const zip = zipSync(
      Object.fromEntries(
        contents.map(([name, bytes]) => [name, [new Uint8Array(bytes), { attrs: attrsOf(name) }]]),
      ),
      { level: 9, mtime: LONG_AGO, os: 3 },
    );
    const target = path.join(root, 'dist', `${name}.zip`);
    writeFileSync(target, zip);
    const bytes = contents.reduce((sum, [, { length }]) => sum + length, 0);
    const inputs = [...new Set(files.flatMap((each) => inputsOf(each, root)))];
    return { name, file: target, zipBytes: zip.length, bytes, inputs };
  });
  fresh.note(functions, made, startedAt);
  return made;
}

/** The files on disk that a file of a bundle was made from; what the tools put in is none. */
function inputsOf({ name, inputs }: BuiltFile, root: string): readonly string[] {
  const from = name === SDK_FILE ? toolsRoot : sourcesOf(root);
  return filesAmong(inputs, from);
}

/** The file's mode, as Unix writes it into a zip; the platform starts the script itself. */
function attrsOf(name: string): number {
  return (name === BOOTSTRAP_FILE ? 0o100755 : 0o100644) << 16;
}
