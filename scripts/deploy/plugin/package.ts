import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { buildFunctions } from '../../build/build.ts';
import { BOOTSTRAP_FILE } from '../../build/scf-bootstrap.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';

export interface Package {
  readonly name: string;
  /** Of the zip, absolute. */
  readonly file: string;
  readonly zipBytes: number;
  readonly bytes: number;
}

/** Local time on purpose: the library writes it as it reads it, so that zips are alike everywhere. */
const LONG_AGO = new Date(1980, 0, 1);

/** A function as it is to be packed: an HTTP function is its server, and nothing else. */
export interface PackedFunction {
  readonly name: string;
  readonly isHttp: boolean;
}

/**
 * Bundles functions and packs each into a zip of its own, with nothing but its bundle inside: the
 * same sources make the same bytes.
 *
 * @throws what the bundler throws; Error for an unknown function, or an HTTP function without a server.
 */
export async function packFunctions(
  root: string,
  functions: readonly PackedFunction[],
): Promise<readonly Package[]> {
  const built = await buildFunctions({
    root,
    outDir: path.join(root, 'dist'),
    only: functions.map(({ name }) => name),
    driver: driverFrom(process.env),
  });
  return built.map(({ name, file, files: ownFiles, server }) => {
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
    return { name, file: target, zipBytes: zip.length, bytes };
  });
}

/** The file's mode, as Unix writes it into a zip; the platform starts the script itself. */
function attrsOf(name: string): number {
  return (name === BOOTSTRAP_FILE ? 0o100755 : 0o100644) << 16;
}
