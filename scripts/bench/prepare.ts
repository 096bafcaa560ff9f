import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildEntries } from '../build/build.ts';
import type { Contestant } from './contestants/list.ts';
import type { BenchContext } from './report/part.ts';

const asOneFile = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  tsconfigRaw: {},
} as const satisfies BuildOptions;

const root = path.resolve(import.meta.dirname, '../..');

/** Builds what the parts run, in a folder that is gone afterwards. */
export async function withBuilds<T>(
  isShort: boolean,
  task: (context: BenchContext) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-bench-'));
  try {
    const entries = ['fuwuhao', 'fuwuhao-server'].map((name) => ({
      name,
      entry: `scripts/bench/contestants/${name}.ts`,
    }));
    const [ours, server] = await buildEntries({ root, outDir: folder, entries });
    if (!ours || !server) throw new Error('Nothing was built.');
    const workerFile = path.join(folder, 'worker.js');
    await build({
      entryPoints: [path.join(import.meta.dirname, 'workload/worker.ts')],
      outfile: workerFile,
      ...asOneFile,
    });
    return await task({
      root,
      isShort,
      folder,
      workerFile,
      oursFile: ours.file,
      serverFile: server.file,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A peer and all that it loads as one file, as ours is shipped. */
export async function bundlePeer({ name, file }: Contestant, folder: string): Promise<string> {
  const outfile = path.join(folder, `${name}.bundle.cjs`);
  await build({
    entryPoints: [file],
    outfile,
    ...asOneFile,
    minify: true,
    // Loaded only by who has them: what is not installed is not needed.
    external: [
      '@nestjs/microservices',
      '@nestjs/websockets',
      'class-transformer',
      'class-validator',
    ],
  });
  return outfile;
}
