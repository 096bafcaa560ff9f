import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { describeInBrowser } from '../tools/describe-in-browser.ts';
import { openConsoleBrowser } from './console-browser.ts';

/** Chromium and the instances of functions; the bundler's own process stays for the next build. */
const STARTED = /^(?:chrom|google|node)/i;

describeInBrowser('a console for tests that does not open', (chromiumPath) => {
  const children = () =>
    execFileSync('ps', ['-A', '-o', 'ppid=,comm='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line) ?? [])
      .filter(([, parent]) => Number(parent) === process.pid)
      .map(([, , program = '']) => path.basename(program))
      .filter((program) => STARTED.test(program));

  test('says why, and leaves neither a Chromium nor a function running', async () => {
    const before = children();

    await expect(
      openConsoleBrowser(chromiumPath, { settings: { CONSOLE: 'off' } }),
    ).rejects.toThrow('The console did not open: The console is switched off.');

    expect(children()).toEqual(before);
  });
});
