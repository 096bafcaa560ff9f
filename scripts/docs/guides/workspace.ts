import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** A checkout in which the reader of a guide has written what the page says. */
export interface Workspace {
  readonly folder: string;
  readonly account: string;
  readonly remove: () => void;
}

/** What no guide writes into is the project's own. */
const LINKED = ['shared', 'scripts', 'examples', 'node_modules', 'package.json', 'tsconfig.json'];

export function openWorkspace(files: ReadonlyMap<string, string>): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'guide-'));
  for (const name of LINKED) symlinkSync(path.join(root, name), path.join(folder, name));
  cpSync(path.join(root, 'functions'), path.join(folder, 'functions'), { recursive: true });
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return {
    folder,
    account: path.join(folder, 'functions/callback/account.ts'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
