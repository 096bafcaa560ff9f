import { spawn } from 'node:child_process';
import path from 'node:path';
import { HELP, type MomentOptions, readOptions } from './options.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * libfaketime otherwise reckons waits by the clock that it leaves alone as if it moved that too: they end at
 * once, and Chromium keeps all cores busy by itself.
 */
const realWaits = { FAKETIME_FORCE_MONOTONIC_FIX: '0' } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: MomentOptions | undefined;
  try {
    options = readOptions(args, Date.now());
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (!options) {
    console.log(HELP);
    return 0;
  }
  return runTests(options);
}

function runTests({ offsetSeconds, zone, rest }: MomentOptions): Promise<number> {
  const start = new Date(Date.now() + offsetSeconds * 1_000);
  console.error(`The tests start at ${start.toISOString()}${zone ? `, in ${zone}` : ''}.`);
  // Only the wall clock is moved: timeouts and measured durations stay as they are.
  const faketime = ['-m', '--exclude-monotonic', '-f', sign(offsetSeconds)];
  const child = spawn('faketime', [...faketime, 'npm', 'test', '--', ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...realWaits, ...(zone ? { TZ: zone } : {}) },
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(
        `faketime could not be started: ${error.message}. Try apt-get install faketime.`,
      );
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function sign(seconds: number): string {
  return `${seconds < 0 ? '' : '+'}${seconds}s`;
}
