import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { createTally } from './tally.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tally = createTally('an installation, by scripts of packages');

const tracked = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: root });
const folders = tracked
  .toString()
  .trim()
  .split('\n')
  .map((file) => path.dirname(file));

test.each(folders)('no package runs a script when %s is installed', (folder) => {
  const copy = mkdtempSync(path.join(tmpdir(), 'install-'));
  const marker = path.join(copy, 'a-script-ran');
  const names = ['preinstall', 'install', 'postinstall', 'prepare'];
  const scripts = Object.fromEntries(
    names.map((name) => [name, `node -e "require('fs').writeFileSync('${marker}', '')"`]),
  );
  try {
    mkdirSync(path.join(copy, 'evil'));
    copyFileSync(path.join(root, folder, '.npmrc'), path.join(copy, '.npmrc'));
    const write = (file: string, content: object) =>
      writeFileSync(
        path.join(copy, file),
        JSON.stringify({ version: '1.0.0', scripts, ...content }),
      );
    write('evil/package.json', { name: 'evil' });
    write('package.json', { name: 'victim', private: true, dependencies: { evil: 'file:./evil' } });

    execFileSync('npm', ['install', '--offline', '--silent'], { cwd: copy });

    expect(existsSync(path.join(copy, 'node_modules/evil/package.json'))).toBe(true);
    tally.refused(names.length, existsSync(marker) ? ['a script ran'] : []);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
