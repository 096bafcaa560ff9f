import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createNodeSdk } from './conformance/node-sdk.ts';
import type { Sdk } from './conformance/sdk.ts';
import { type CloudbaseEmulator, startCloudbase } from './index.ts';
import { until } from './testing/until.ts';

process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

const ENV = 'env-durable';
const keys = { secretId: 'AKIDdurable', secretKey: 'SKdurable' };
const SERVE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'testing', 'serve.ts');

let stateDir: string;
const clean: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'cloudbase-state-'));
  clean.push(() => rmSync(stateDir, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const task of clean.splice(0).reverse()) await task();
});

async function start(): Promise<CloudbaseEmulator> {
  const emulator = await startCloudbase({ stateDir, environments: [{ envId: ENV, ...keys }] });
  clean.push(() => emulator.close());
  return emulator;
}

const sdkOf = (url: string) => createNodeSdk({ url, env: ENV, ...keys });

test('everything is there after a restart', async () => {
  const first = await start();
  const sdk = sdkOf(first.url);
  first.control.createCollection(ENV, {
    name: 'c',
    rule: 'ADMINWRITE',
    indexes: [{ fields: [{ name: 'email', direction: 'asc' }], unique: true }],
  });
  await sdk.createCollection('dropped');
  await sdk.add({ _id: 'a', email: 'a', at: new Date(5), big: 5e9, ratio: 0.5 });
  await sdk.add({ _id: 7, email: 'seven' });
  await sdk.add({ _id: 'gone', email: 'gone' });
  await sdk.remove('gone');
  const tx = await sdk.begin();
  await tx.update('a', { email: 'b' });
  await tx.commit();
  const open = await sdk.begin();
  await open.add({ _id: 'never committed', email: 'x' });
  const fileId = await sdk.upload('dir/file.txt', Buffer.from('hello'));
  first.control.dropCollection(ENV, 'dropped');
  await first.close();

  const second = await start();
  const again = sdkOf(second.url);

  expect(second.control.collections(ENV)).toMatchObject([
    { name: 'c', documents: 2, rule: 'ADMINWRITE', indexes: [{ name: 'email_1', unique: true }] },
  ]);
  expect(await again.find((from) => from.orderBy('email', 'asc'))).toEqual([
    { _id: 'a', email: 'b', at: new Date(5), big: 5e9, ratio: 0.5 },
    { _id: 7, email: 'seven' },
  ]);
  await expect(again.add({ _id: 'x', email: 'b' })).rejects.toThrow('E11000');
  expect((await again.download(fileId)).toString()).toBe('hello');
});

test('a start compacts the log and forgets a torn line for good', async () => {
  const log = path.join(stateDir, ENV, 'data.jsonl');
  const first = await start();
  const sdk = sdkOf(first.url);
  await sdk.createCollection('c');
  await sdk.add({ _id: 'a', n: 0 });
  for (let n = 1; n <= 20; n += 1) await sdk.update('a', { n });
  await first.close();
  expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toHaveLength(22);
  appendFileSync(log, '{"kind":"commit","writes":[["c","s:torn",{"_id":"torn');

  const second = await start();
  expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  await sdkOf(second.url).add({ _id: 'b' });
  await second.close();

  const third = sdkOf((await start()).url);
  expect(await third.find((from) => from.orderBy('_id', 'asc'))).toEqual([
    { _id: 'a', n: 20 },
    { _id: 'b' },
  ]);
});

test('a damaged log stops the start and frees the port', async () => {
  const first = await start();
  await sdkOf(first.url).createCollection('c');
  await first.close();
  appendFileSync(path.join(stateDir, ENV, 'data.jsonl'), 'damage\n{"kind":"drop","name":"c"}\n');

  await expect(start()).rejects.toThrow('The log is damaged');
});

test('a start that finds its port taken leaves the state of the other alone', async () => {
  const first = await start();
  const sdk = sdkOf(first.url);
  await sdk.createCollection('c');
  const port = Number(new URL(first.url).port);
  const environments = [{ envId: ENV, ...keys }];

  await expect(startCloudbase({ port, stateDir, environments })).rejects.toThrow(
    `The CloudBase emulator cannot start: port ${port} is already in use.`,
  );
  await sdk.add({ _id: 'after' });
  await first.close();

  expect((await start()).control.document(ENV, 'c', 'after')).toEqual({ _id: 'after' });
});

test('what was acknowledged survives kill -9, and transactions are there whole or not at all', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', SERVE, stateDir, ENV, keys.secretId, keys.secretKey],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  clean.push(() => child.kill('SIGKILL'));
  const sdk = sdkOf(await firstLine(child));
  await sdk.createCollection('c');
  const acknowledged = new Set<string>();

  const writers = Array.from({ length: 8 }, (_, writer) => write(sdk, writer, acknowledged));
  await until(() => acknowledged.size >= 200);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await Promise.all(writers);

  const { control } = await start();
  const { documents } = control.documents(ENV, 'c', { limit: 1000 });
  const present = new Set(documents.map(({ _id }) => String(_id)));
  expect([...acknowledged].filter((id) => !present.has(id))).toEqual([]);
  const halves = documents.filter(({ _id }) => String(_id).startsWith('left-'));
  const partners = [...present].filter((id) => id.startsWith('right-'));
  expect(halves.map(({ other }) => other).sort()).toEqual(partners.sort());
});

/** Writes single documents and pairs in turn, until the server is gone. */
async function write(sdk: Sdk, writer: number, acknowledged: Set<string>): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${writer}-${n}`;
    try {
      await sdk.add({ _id: `single-${id}` });
      acknowledged.add(`single-${id}`);
      await sdk.runTransaction(async (tx) => {
        await tx.add({ _id: `left-${id}`, other: `right-${id}` });
        await tx.add({ _id: `right-${id}` });
      });
      acknowledged.add(`left-${id}`).add(`right-${id}`);
    } catch (error) {
      // The server has died; anything that it answered itself would have a code in capitals.
      expect(String((error as { code?: unknown }).code)).toMatch(/^E/);
      return;
    }
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The child has no output.');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  return line;
}
