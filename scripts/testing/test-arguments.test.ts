import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

/** `npm test -- …`, as the script behind it. */
async function npmTest(...args: string[]): Promise<string> {
  const run = [path.join(root, 'scripts/run.mjs'), 'test', ...args];
  return (await promisify(execFile)(process.execPath, run, { cwd: root })).stdout;
}

const listed = async (...args: string[]) =>
  (await npmTest(...args, '--listTests'))
    .split('\n')
    .filter((line) => line.endsWith('.test.ts'))
    .map((file) => path.relative(root, file));

describe('npm test', () => {
  test('--mine runs what stands beside the account, and not what starts the whole emulation', async () => {
    const mine = await listed('--mine');

    expect(mine).toContain('functions/callback/account.test.ts');
    expect(mine).not.toContain('functions/callback/account.smoke.test.ts');
    expect(mine.filter((file) => !file.startsWith('functions/callback/'))).toEqual([]);
  });

  test('with a part of a path runs the tests in it', async () => {
    expect(await listed('callback/account')).toEqual(
      expect.arrayContaining([
        'functions/callback/account.test.ts',
        'functions/callback/account.smoke.test.ts',
      ]),
    );
    expect(await listed('--mine', 'no-such-word')).toEqual([]);
  });

  test('--help says what it can, and starts nothing', async () => {
    const help = await npmTest('--help');

    expect(help).toMatch(/^Usage: npm test/);
    expect(help).toContain('--mine');
  });
});
