import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { testServer } from '../testing/store/postgres-server.ts';

// Only whether a server can be had: each test starts one of its own.
const isThere = (await testServer()) !== undefined;
const owner = path.resolve(import.meta.dirname, '../testing/store/server-owner.ts');

(isThere ? describe : describe.skip)('a local server', () => {
  test.each([
    ['starts', 'nothing'],
    ['starts', 'the server is stopped'],
    ['starts another', 'nothing'],
  ])('ends with its owner, which %s and is killed, while %s', async (how, trouble) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'owned-postgres-'));
    const child = spawn(process.execPath, ['--import', 'tsx', owner, how, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await numberFrom(child);
    expect(isAlive(pid)).toBe(true);
    if (trouble === 'the server is stopped') process.kill(pid, 'SIGSTOP');

    child.kill('SIGKILL');

    await until(() => !isAlive(pid));
    await until(() => !existsSync(folder));
  });
});

function numberFrom(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(Number(text)));
    child.once('exit', () => reject(new Error('The owner ended before it had a server.')));
  });
}

/** The limit of the test ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
