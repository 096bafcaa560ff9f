import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { tryLock } from './lock.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
const file = path.join(folder, 'lock');
const lockModule = pathToFileURL(path.join(import.meta.dirname, 'lock.mjs')).href;
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that tries to take the lock, says how that went, and holds what it got until its input ends. */
function competitor() {
  const code = `
    import { tryLock } from ${JSON.stringify(lockModule)};
    const { unlock, holder } = tryLock(${JSON.stringify(file)});
    process.stdout.write(unlock ? 'mine\\n' : 'of ' + holder + '\\n');
    process.stdin.on('end', () => unlock?.()).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
  });
  return { child, said, ended: text(child.stdout) };
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  return child.pid ?? 0;
}

test('of many processes that find the lock of a dead one, exactly one gets it', async () => {
  writeFileSync(file, String(await deadProcess()));
  const all = Array.from({ length: 6 }, competitor);

  const said = await Promise.all(all.map((each) => each.said));

  const winner = all[said.indexOf('mine')]?.child.pid;
  expect(said.filter((words) => words === 'mine')).toHaveLength(1);
  expect(said.filter((words) => words === `of ${winner}`)).toHaveLength(5);
  expect(readFileSync(file, 'utf8')).toBe(String(winner));
  for (const { child } of all) child.stdin.end();
  await Promise.all(all.map((each) => each.ended));
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock without its process is taken over, and a lock that was given back is free', async () => {
  writeFileSync(file, '');

  const first = tryLock(file);
  first.unlock?.();

  expect(tryLock(file).unlock).toBeDefined();
});
