import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { BuildCache } from '../../build/build-cache.ts';
import { filesOf } from '../../build/files-of.ts';
import { toolsRoot } from '../../project/root.ts';

const cache = path.join(toolsRoot, 'node_modules/.cache/fuwuhao-scf');

/**
 * Makes the plain JavaScript file that every instance starts with, of an event function or of an HTTP
 * function, and returns its path. The file is named by its content and kept, since a running instance
 * of another emulator may need it.
 */
export async function compileBootstrap(name: 'bootstrap' | 'http-clock'): Promise<string> {
  const options = {
    entryPoints: [`scripts/emulator/scf/${name}.ts`],
    outfile: `${name}.cjs`,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    write: false,
    metafile: true,
    tsconfigRaw: {},
    logLevel: 'silent',
  } as const satisfies BuildOptions;
  const [made] = await new BuildCache().files(toolsRoot, options, async () =>
    filesOf(await build({ ...options, absWorkingDir: toolsRoot })),
  );
  const code = made?.code ?? '';
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const file = path.join(cache, `${name}-${digest}.cjs`);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, file);
  }
  return file;
}
