import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Has the compiler write the declarations of these files and of those that they import. */
export function declare(outDir: string, files: readonly string[]): void {
  const options =
    '--ignoreConfig --declaration --emitDeclarationOnly --strict --skipLibCheck --allowImportingTsExtensions --target es2023 --lib es2024 --module nodenext --types node';
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      ...options.split(' '),
      ...['--rootDir', root, '--outDir', outDir],
      ...files,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${files.join(', ')} cannot be declared:\n${stdout}`);
}
