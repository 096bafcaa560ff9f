import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.resolve(here, '../../../node_modules/.cache/fuwuhao-scf');

/**
 * Makes the plain JavaScript file that every instance starts with, of an event function or of an HTTP
 * function, and returns its path. The file is named by its content and kept, since a running instance
 * of another emulator may need it.
 */
export async function compileBootstrap(name: 'bootstrap' | 'http-clock'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, `${name}.ts`)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    write: false,
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
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
