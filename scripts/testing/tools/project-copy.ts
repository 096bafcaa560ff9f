import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixtureAccount } from './fixture-build.ts';

const root = path.resolve(import.meta.dirname, '../../..');

const COPIED = [
  ...['functions', 'shared', 'package.json', 'tsconfig.json'],
  ...['serverless.yml', 'cloudbaserc.json', '.env.example'],
];

export interface ProjectCopy {
  readonly root: string;
  /** The copy of the account, to be edited. */
  readonly account: string;
  readonly remove: () => void;
}

/** The sources of the functions and an account in a folder of their own, for tests that edit them. */
export function copyProject({ account = fixtureAccount } = {}): ProjectCopy {
  const copy = mkdtempSync(path.join(tmpdir(), 'fuwuhao-'));
  const accountFile = path.relative(root, account);
  for (const name of [...COPIED, accountFile]) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return {
    root: copy,
    account: path.join(copy, accountFile),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
