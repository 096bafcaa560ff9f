import path from 'node:path';
import type { Metafile, OutputFile } from 'esbuild';
import type { BundleFile } from './common-js.ts';

/** Each file that a build has made, as `BuildCache` keeps it. */
export function filesOf(result: {
  readonly outputFiles: readonly OutputFile[];
  readonly metafile: Metafile;
}): BundleFile[] {
  const { outputFiles, metafile } = result;
  return Object.entries(metafile.outputs).map(([file, output]) => {
    const name = path.basename(file);
    const code = outputFiles.find((each) => path.basename(each.path) === name)?.contents;
    const own: Metafile = { ...metafile, outputs: { [file]: output } };
    return { name, code: code ?? new Uint8Array(), metafile: own };
  });
}
