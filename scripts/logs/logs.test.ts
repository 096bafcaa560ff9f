import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { LogLine } from '../emulator/scf/invocation.ts';
import { localTimeOfDay } from '../project/local-time.ts';
import { keepLines } from './local.ts';
import { type Line, pretty } from './pretty.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'logs-'));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

const at = Date.UTC(2026, 0, 1, 8);
const line = (fields: object): Line => ({ function: 'callback', at, text: JSON.stringify(fields) });
const answered = { time: '2026-01-01T08:00:00.123Z', level: 'info', event: 'answered', ms: 31 };
const shown = (...args: Parameters<typeof pretty>) =>
  stripVTControlCharacters(pretty(...args) ?? 'nothing');

describe('a line for people', () => {
  test('says when, how bad, who, what, and everything else by its name', () => {
    const text = shown(line({ ...answered, function: 'callback', reply: 'text' }), {
      level: 'debug',
    });

    expect(text).toBe(`${localTimeOfDay(at + 123)} info  callback answered ms=31 reply=text`);
  });

  test('tells an error from the outside to its cause, and where that was', () => {
    const cause = {
      name: 'TypeError',
      message: 'x is not a function',
      stack: 'E\n    at f (a.ts:1)',
    };
    const error = { name: 'AppError', message: 'It failed.', stack: 'E\n    at g (b.ts:2)', cause };

    expect(shown(line({ ...answered, level: 'error', error }), { level: 'debug' })).toBe(
      [
        `${localTimeOfDay(at + 123)} error callback answered ms=31`,
        '    AppError It failed.',
        '    TypeError x is not a function',
        '      at f (a.ts:1)',
      ].join('\n'),
    );
  });

  test('of another function, or less severe, is left out; what is not ours is shown', () => {
    expect(shown(line(answered), { level: 'warn' })).toBe('nothing');
    expect(shown(line(answered), { level: 'debug', function: 'worker' })).toBe('nothing');
    expect(shown({ function: 'callback', at, text: 'plain' }, { level: 'error' })).toBe(
      `${localTimeOfDay(at)}       callback plain`,
    );
  });
});

function logs(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/logs/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closers.push(() => child.kill('SIGKILL'));
  return child;
}

async function outputOf(child: ChildProcess) {
  const [out, error, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  return { out: stripVTControlCharacters(out), error, code: code as unknown };
}

describe('npm run logs', () => {
  const written = (event: string): LogLine => ({
    function: 'callback',
    instance: 'callback-1',
    requestId: 'r1',
    stream: 'stdout',
    line: JSON.stringify({ ...answered, event }),
  });

  test('--follow shows the last lines of npm start, then those to come', async () => {
    const keep = keepLines(folder, () => {});
    for (const event of ['first', 'second', 'third']) keep(written(event));
    keep({ ...written('not ours'), stream: 'platform' });

    const child = logs(['--follow', '--last', '2', '--raw', '--state', folder]);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
    const next = async () => (JSON.parse((await lines.next()).value) as { event: string }).event;

    expect([await next(), await next()]).toEqual(['second', 'third']);
    keep(written('第四'));
    expect(await next()).toBe('第四');
  });

  test('ends quietly when the program that reads its lines has had enough', async () => {
    const keep = keepLines(folder, () => {});
    for (let line = 0; line < 5_000; line += 1) keep(written('many'));
    const command = `${process.execPath} scripts/run.mjs logs --last 5000 --raw --state '${folder}'`;

    const child = spawn('/bin/sh', ['-c', `{ ${command}; echo "code $?" >&2; } | head -n 1`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { out, error } = await outputOf(child);

    expect(JSON.parse(out)).toMatchObject({ event: 'many' });
    expect(error).toBe('code 0\n');
  });

  test.each([
    [['--level', 'loud'], 2, '--level must be one of debug, info, warn, error.'],
    [['--deployed', '--topic', 't1'], 1, 'TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY'],
    [['--state', '/nowhere'], 1, 'npm start has never run with this folder'],
  ])('%j says what is wrong', async (args, expected, message) => {
    const { error, code } = await outputOf(logs(args));

    expect([code, error]).toEqual([expected, expect.stringContaining(message)]);
  });
});
