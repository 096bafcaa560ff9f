import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readLog, rewriteLog } from './log.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'cloudbase-log-'));
  file = path.join(directory, 'env', 'data.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a log that is not there is empty', () => {
  expect(readLog(file)).toEqual([]);
});

test('records come back in order', () => {
  const log = rewriteLog(file, [{ n: 1 }, { n: 2 }]);
  log.append({ n: 3, text: 'line\nbreak 中文' });
  log.close();

  expect(readLog(file)).toEqual([{ n: 1 }, { n: 2 }, { n: 3, text: 'line\nbreak 中文' }]);
});

test('rewriting replaces everything', () => {
  rewriteLog(file, [{ n: 1 }, { n: 2 }]).close();
  rewriteLog(file, [{ n: 9 }]).close();

  expect(readLog(file)).toEqual([{ n: 9 }]);
});

test('a torn last line is ignored, wherever it was torn', () => {
  rewriteLog(file, [{ n: 1 }]).close();
  const whole = readFileSync(file);
  const next = Buffer.from(`${JSON.stringify({ n: 2, text: '中文' })}\n`);

  for (let length = 0; length < next.length; length += 1) {
    writeFileSync(file, whole);
    appendFileSync(file, next.subarray(0, length));
    expect(readLog(file)).toEqual([{ n: 1 }]);
  }
});

test('damage anywhere else is an error that names the line', () => {
  rewriteLog(file, [{ n: 1 }]).close();
  appendFileSync(file, '{broken\n{"n":2}\n');

  expect(() => readLog(file)).toThrow('line 2: not JSON');
});
