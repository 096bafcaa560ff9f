import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { CloudError } from './error.ts';

/** SCF's limits of a package. https://cloud.tencent.com/document/product/583/11637 */
const ZIP_BYTES = 50e6;
const UNPACKED_BYTES = 500e6;

/**
 * Writes a function's package into a new folder and returns the path of its `main` file.
 *
 * @throws CloudError if it is no package that could run.
 */
export function unpack(zip: Buffer, folder: string, main: string): string {
  const files = filesOf(zip);
  if (!files.has(main)) {
    throw new CloudError('InvalidParameterValue.Code', `${main} is not in the package.`);
  }
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) {
      throw new CloudError('InvalidParameterValue.Code', `${name} points out of the package.`);
    }
    mkdirSync(path.dirname(file), { recursive: true });
    // The library does not tell the modes in a zip.
    const mode = name === 'scf_bootstrap' ? 0o755 : 0o644;
    writeFileSync(file, bytes, { flag: 'wx', mode });
  }
  return path.join(folder, main);
}

/** The files of a package by their names, without folders. */
export function filesOf(zip: Buffer): ReadonlyMap<string, Uint8Array> {
  if (zip.length > ZIP_BYTES) {
    throw new CloudError('InvalidParameterValue.CodeSize', 'The zip is larger than 50 MB.');
  }
  let files: [string, Uint8Array][];
  try {
    files = Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith('/'));
  } catch (error) {
    throw new CloudError('InvalidParameterValue.Code', `Not a zip: ${String(error)}`);
  }
  if (files.reduce((sum, [, bytes]) => sum + bytes.length, 0) > UNPACKED_BYTES) {
    throw new CloudError('InvalidParameterValue.CodeSize', 'Unpacked it is larger than 500 MB.');
  }
  return new Map(files);
}
