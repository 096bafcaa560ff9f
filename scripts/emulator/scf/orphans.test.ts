import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startScfFixture, until } from './fixture.ts';

const SCF = path.resolve('scripts/emulator/scf/scf.ts');

/** Answers at once, stays busy for ever, or leaves another program behind. */
const CODE = `
  exports.main = async ({ act }) => {
    if (act === 'loop') { console.log('looping'); for (;;); }
    if (act === 'spawn') return require('node:child_process').spawn('sleep', ['600']).pid;
    return process.pid;
  };`;

test('no process outlives an emulator that was killed', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orphans-'));
  const bundle = path.join(folder, 'index.js');
  writeFileSync(bundle, CODE);
  writeFileSync(
    path.join(folder, 'parent.mts'),
    `import { createScf } from ${JSON.stringify(SCF)};
     const spec = { name: 'fn', bundle: ${JSON.stringify(bundle)}, handler: 'index.main',
       memoryMb: 256, timeoutSeconds: 600, environment: {} };
     let started;
     const looping = new Promise((resolve) => { started = resolve; });
     const scf = await createScf({ functions: [spec], onLog: ({ line }) => line === 'looping' && started() });
     scf.invoke('fn', { act: 'loop' });
     await looping;
     const { result } = await scf.invoke('fn', { act: 'spawn' });
     await scf.invoke('fn', {});
     console.log(JSON.stringify([result, ...scf.instances().map(({ pid }) => pid)]));`,
  );
  const parent = spawn(process.execPath, ['--import', 'tsx', path.join(folder, 'parent.mts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  parent.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await until(() => output.endsWith('\n'));
  const pids = JSON.parse(output) as number[];
  expect(pids).toHaveLength(3);
  expect(pids.filter(isAlive)).toEqual(pids);

  parent.kill('SIGKILL');

  await until(() => !pids.some(isAlive));
  rmSync(folder, { recursive: true });
});

test('close ends frozen instances, busy ones, and what they started', async () => {
  const { scf, lines, close } = await startScfFixture({ fn: CODE });
  const busy = scf.invoke('fn', { act: 'loop' });
  await until(() => lines().includes('looping'));
  const spawned = await scf.invoke('fn', { act: 'spawn' });
  const pids = scf.instances().map(({ pid }) => pid);
  if (spawned.ok) pids.push(Number(spawned.result));
  expect(pids.filter(isAlive)).toHaveLength(3);

  await close();
  await busy;

  await until(() => !pids.some(isAlive));
});

/** A zombie is dead: it only waits for its parent to be told. */
function isAlive(pid: number): boolean {
  if (existsSync('/proc/self/stat')) {
    try {
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
