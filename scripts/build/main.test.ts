import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

function run(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build/main.ts', ...args], {
    encoding: 'utf8',
  });
}

test('--help says what can be asked for', () => {
  const { status, stdout } = run('--help');

  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: npm run build/);
});

test.each([
  [
    'a function that is not there',
    ['no-such-function'],
    'No function no-such-function in functions/',
  ],
  ['an option that is not there', ['--minfy'], "Unknown option '--minfy'"],
  ['a driver that is not there', ['--driver', 'redis'], 'Unknown driver "redis"'],
])('%s is an error', (_, args, message) => {
  const { status, stdout, stderr } = run(...args);

  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
