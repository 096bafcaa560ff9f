import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { atTag, isGit, newestTag } from './tags.ts';

test.each([
  ['git+https://host/team/fuwuhao.git#v0.1.0', true],
  ['git+ssh://git@host/team/fuwuhao.git', true],
  ['github:team/fuwuhao#v0.1.0', true],
  ['https://host/team/fuwuhao.git#v0.1.0', true],
  ['https://host/team/fuwuhao/v0.1.0.tar.gz', false],
  ['file:../fuwuhao', false],
])('%s is a git repository: %s', (from, is) => {
  expect(isGit(from)).toBe(is);
});

test('another tag takes the place of the one that is named', () => {
  expect(atTag('git+https://host/a.git#v0.1.0', 'v0.2.0')).toBe('git+https://host/a.git#v0.2.0');
  expect(atTag('git+https://host/a.git', 'v0.2.0')).toBe('git+https://host/a.git#v0.2.0');
});

test('the newest tag is that of the highest version, not of the last word or of a candidate', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tags-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
  try {
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'one');
    expect(newestTag(`git+file://${folder}#v0.1.0`)).toBeUndefined();
    for (const tag of ['v0.9.0', 'v0.10.0', 'v0.2.1', 'v1.0.0-rc.1', 'w9.9.9']) git('tag', tag);

    expect(newestTag(`git+file://${folder}#v0.1.0`)).toBe('v0.10.0');
    expect(() => newestTag(`git+file://${folder}/nowhere`)).toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
