import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Emulation, startEmulation } from '../../scripts/start/emulation.ts';
import { boundDocument } from '../../scripts/testing/store/bound-document.ts';
import { fixtureAccount } from '../../scripts/testing/tools/fixture-build.ts';
import { allowListCollection } from './allow-list.ts';

/** Everything that `npm start` runs, with the two guards of the callback. */
const root = path.resolve(import.meta.dirname, '../..');
let emulation: Emulation;

beforeAll(async () => {
  const settings = {
    CALLBACK_ALLOW_LIST: 'on',
    FOLLOWER_MESSAGES_PER_MINUTE: '3',
    // The worker puts a job into its own queue: a second worker, woken for it, would hold the job
    // while the one that the test waits for ends.
    WORKER_WAKE: 'none',
  };
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    settings,
  });
});
afterAll(() => emulation.close());

const say = (content: string, openid = 'oAlice') =>
  emulation.push.send({ openid, type: 'text', Content: content });

async function renewInstances(): Promise<void> {
  const { scf } = emulation;
  for (const { id, function: name } of scf.instances()) if (name === 'callback') await scf.kill(id);
}

test('the worker asks WeChat where pushes come from, and others are refused', async () => {
  const { scf, cloudbase, account, environment } = emulation;
  await scf.fireTimer('every-minute');
  const { control } = cloudbase;
  const stored = () => control.document(environment.envId, allowListCollection.name, account.appid);
  // The timer's worker puts the job into the queue, which wakes a second worker: either may run it.
  while (!stored()) await setTimeout(20);
  expect(stored()?.addresses).toContain('127.0.0.1');
  expect((await say('hello')).outcome).toMatchObject({ kind: 'reply' });

  const elsewhere = boundDocument(account, allowListCollection, {
    _id: account.appid,
    addresses: ['101.226.103.0/25'],
    fetchedAt: new Date(),
  });
  await control.putDocument(environment.envId, allowListCollection.name, elsewhere);
  await renewInstances();

  const { deliveries, outcome } = await say('hello again');
  expect(outcome).toMatchObject({ kind: 'fault' });
  expect(deliveries).toMatchObject([{ status: 403, responseBody: '' }]);
  await control.deleteDocument(environment.envId, allowListCollection.name, account.appid);
  await renewInstances();
});

test('a follower who floods is told once and then ignored; another follower is answered', async () => {
  const kinds: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const { outcome } = await say(`message ${n}`, 'oFlooder');
    const isTold = outcome.kind === 'reply' && JSON.stringify(outcome.reply).includes('Too many');
    kinds.push(isTold ? 'told' : outcome.kind);
  }

  expect(kinds).toEqual(['reply', 'reply', 'reply', 'told', 'silent']);
  expect((await say('hello')).outcome).toMatchObject({ kind: 'reply' });
});
