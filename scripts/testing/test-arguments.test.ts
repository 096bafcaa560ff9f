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

  test('--quick leaves out real processes and browsers alone, and says so at its end', async () => {
    const [all, quick] = await Promise.all([listed(), listed('--quick')]);
    const leftOut = all.filter((file) => !quick.includes(file));

    expect(leftOut.filter((file) => !/\.(?:e2e|browser|smoke)\.|\/soak\//.test(file))).toEqual([]);
    expect(leftOut.length).toBeGreaterThan(40);
    expect(await listed('--quick', 'callback/account')).toEqual([
      'functions/callback/account.test.ts',
    ]);
    const check = [path.join(root, 'scripts/run.mjs'), 'test', '--quick', '--listTests', 'menu'];
    const { stderr } = await promisify(execFile)(process.execPath, check, { cwd: root });
    expect(stderr).toContain('without --quick they do');
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
    expect(help).toContain('--quick');
  });
});
