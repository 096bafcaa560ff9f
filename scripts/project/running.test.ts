import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { findRunning, keepRunning } from './running.ts';

// What runs on this machine beside the test must not be found.
const folder = mkdtempSync(path.join(tmpdir(), 'running-'));
const forget: (() => void)[] = [];
const root = '/home/me/bot';
const usual = path.join(root, '.fuwuhao');

afterEach(() => {
  for (const each of forget.splice(0)) each();
});
afterAll(() => rmSync(folder, { recursive: true }));

function keep(port: number, from: string, stateDir?: string) {
  const page = `http://127.0.0.1:${port + 3}/KEY/`;
  forget.push(keepRunning({ port, page, root: from, ...(stateDir ? { stateDir } : {}) }, folder));
}

const find = (port?: number, otherwise?: string) => findRunning(root, port, otherwise, folder);

test('the one of this checkout is found without a port, and any by its port', () => {
  keep(8800, '/home/me/other');
  keep(8810, root, usual);

  expect(find()).toMatchObject({ port: 8810, page: 'http://127.0.0.1:8813/KEY/' });
  expect(find(8800)).toMatchObject({ root: '/home/me/other' });
});

test('of several the one with the usual folder is meant; else the caller is asked', () => {
  keep(8800, root, path.join(root, 'a'));
  keep(8810, root, path.join(root, 'b'));

  expect(() => find()).toThrow(/Name one:\n {2}--port 8800.*\n {2}--port 8810/);
  keep(8820, root, usual);
  expect(find().port).toBe(8820);
});

test('where none is, the error says which others are', () => {
  keep(8800, '/home/me/other');

  expect(() => find(undefined, ', or do without')).toThrow(
    /^No `npm start` of this checkout is running\. Run `npm start` in another terminal, or do without\. Others are running:\n {2}--port 8800/,
  );
  expect(() => find(1)).toThrow('Nothing answers on port 1');
});
