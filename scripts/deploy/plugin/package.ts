import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { buildFunctions } from '../../build/build.ts';
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

/**
 * Bundles functions and packs each into a zip of its own, with nothing but its bundle inside: the
 * same sources make the same bytes.
 *
 * @throws what the bundler throws; Error for an unknown function.
 */
export async function packFunctions(
  root: string,
  names: readonly string[],
): Promise<readonly Package[]> {
  const built = await buildFunctions({
    root,
    outDir: path.join(root, 'dist'),
    only: names,
    driver: driverFrom(process.env),
  });
  return built.map(({ name, file, files }) => {
    const folder = path.dirname(file);
    const contents = files.map(
      ({ name }) => [name, readFileSync(path.join(folder, name))] as const,
    );
    const zip = zipSync(
      Object.fromEntries(contents.map(([name, bytes]) => [name, new Uint8Array(bytes)])),
      {
        level: 9,
        mtime: LONG_AGO,
        os: 3,
        attrs: 0o100644 << 16,
      },
    );
    const target = path.join(root, 'dist', `${name}.zip`);
    writeFileSync(target, zip);
    const bytes = contents.reduce((sum, [, { length }]) => sum + length, 0);
    return { name, file: target, zipBytes: zip.length, bytes };
  });
}
