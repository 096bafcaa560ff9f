import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { testAccount } from '../testing/tools/cloud-account.ts';

/** Real processes that deploy, real signals, and the emulated cloud. */
const root = path.resolve(import.meta.dirname, '../..');
const ROUNDS = 20;
/** Longer than an undisturbed deploy takes here, so that some rounds end before their signal. */
const LONGEST_MS = 900;

let tencent: TencentEmulator;
beforeEach(async () => {
  tencent = await startTencent({ account: testAccount, activationMs: 20 });
});
afterEach(() => tencent.close());

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** A process that waits for the word to begin. */
async function ready(code: string, emulator = tencent) {
  const script = 'scripts/testing/tools/deploying-process.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', script, `${emulator.port}`, code], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...fakedTime(process.env) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stderr = text(child.stderr);
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  let stdout = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      if (stdout.includes('ready')) resolve();
    });
  });
  return {
    begin: () => child.stdin.write('go\n'),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    async end(): Promise<Ended> {
      const [code, signal] = await exit;
      return { code, signal, output: stdout + (await stderr) };
    },
  };
}

async function deploy(code: string, emulator = tencent): Promise<Ended> {
  const child = await ready(code, emulator);
  child.begin();
  return child.end();
}

/** What the cloud holds, less the moments at which it was made. */
function stateOf(emulator: TencentEmulator) {
  return emulator
    .functions()
    .map(({ FunctionName, Description, Environment, Triggers, code }) => ({
      FunctionName,
      Description,
      Environment,
      triggers: Triggers.map(({ TriggerName, Type, TriggerDesc, Enable }) => ({
        TriggerName,
        Type,
        TriggerDesc,
        Enable,
      })),
      code: code.toString('base64'),
    }))
    .sort((a, b) => (a.FunctionName < b.FunctionName ? -1 : 1));
}

/** The same pauses in every run of the test, all over the time that a deploy takes. */
const pauses = Array.from({ length: ROUNDS }, (_, at) => (at * 7919 * 13) % LONGEST_MS);

describe('a deploy', () => {
  test('that is stopped at twenty points and done again leaves everything as if it never was', async () => {
    const ends = new Set<string>();
    for (const [at, pause] of pauses.entries()) {
      const child = await ready(`edition ${at}`);
      child.begin();
      await new Promise((resolve) => setTimeout(resolve, pause));
      child.kill(at % 4 === 3 ? 'SIGKILL' : 'SIGINT');
      const { code, signal } = await child.end();
      ends.add(signal ?? String(code));
    }

    const last = await deploy('the last edition');
    const again = await deploy('the last edition');

    expect([last.code, again.code]).toEqual([0, 0]);
    expect(again.output).toContain('Nothing has changed');
    const undisturbed = await startTencent({ account: testAccount, activationMs: 20 });
    await deploy('the last edition', undisturbed);
    expect(stateOf(tencent)).toEqual(stateOf(undisturbed));
    await undisturbed.close();
    // A signal that comes before the lock is taken ends the process at once; from then on the process
    // ends what it has in hand, gives the lock back, and says so by its exit code.
    const known = ['0', '130', 'SIGINT', 'SIGKILL'];
    expect([...ends].filter((end) => !known.includes(end))).toEqual([]);
    expect(ends).toContain('130');
  });

  test('at the same moment as another goes to one of them, and the other says who has it', async () => {
    // The one that has the lock keeps it for seconds, however late the other comes.
    const slow = await startTencent({ account: testAccount, activationMs: 3_000 });
    const both = await Promise.all([ready('edition 1', slow), ready('edition 1', slow)]);
    for (const each of both) each.begin();
    const ended = await Promise.all(both.map((each) => each.end()));

    expect(ended.map(({ code }) => code).sort()).toEqual([0, 1]);
    const lost = ended.find(({ code }) => code === 1);
    expect(lost?.output).toMatch(/fuwuhao-dev is being deployed by \S+@\S+ \(process \d+\) since/);
    expect(slow.functions()).toHaveLength(4);
    await slow.close();
  });
});
