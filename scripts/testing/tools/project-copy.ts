import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** The sources of the functions in a folder of their own, for tests that edit them. */
export function copyProject(): { readonly root: string; readonly remove: () => void } {
  const copy = mkdtempSync(path.join(tmpdir(), 'fuwuhao-'));
  for (const name of ['functions', 'shared', 'serverless.yml', 'package.json']) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
