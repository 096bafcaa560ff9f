import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { findRunning, keepRunning } from './running.ts';

const temporary = mkdtempSync(path.join(tmpdir(), 'running-'));
const before = process.env.TMPDIR;
const forget: (() => void)[] = [];
const root = '/home/me/bot';
const usual = path.join(root, '.fuwuhao');

// What runs on this machine beside the test must not be found.
beforeAll(() => {
  mkdirSync(temporary, { recursive: true });
  process.env.TMPDIR = temporary;
});
afterEach(() => {
  for (const each of forget.splice(0)) each();
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(temporary, { recursive: true });
});

function keep(port: number, from: string, stateDir?: string) {
  const page = `http://127.0.0.1:${port + 3}/KEY/`;
  forget.push(keepRunning({ port, page, root: from, ...(stateDir ? { stateDir } : {}) }));
}

test('the one of this checkout is found without a port, and any by its port', () => {
  keep(8800, '/home/me/other');
  keep(8810, root, usual);

  expect(findRunning(root)).toMatchObject({ port: 8810, page: 'http://127.0.0.1:8813/KEY/' });
  expect(findRunning(root, 8800)).toMatchObject({ root: '/home/me/other' });
});

test('of several the one with the usual folder is meant; else the caller is asked', () => {
  keep(8800, root, path.join(root, 'a'));
  keep(8810, root, path.join(root, 'b'));

  expect(() => findRunning(root)).toThrow(/Name one:\n {2}--port 8800.*\n {2}--port 8810/);
  keep(8820, root, usual);
  expect(findRunning(root).port).toBe(8820);
});

test('where none is, the error says which others are', () => {
  keep(8800, '/home/me/other');

  expect(() => findRunning(root, undefined, ', or do without')).toThrow(
    /^No `npm start` of this checkout is running\. Run `npm start` in another terminal, or do without\. Others are running:\n {2}--port 8800/,
  );
  expect(() => findRunning(root, 1)).toThrow('Nothing answers on port 1');
});
