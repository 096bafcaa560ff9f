import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../emulator/scf/fixture.ts';
import type { ChatEntry } from '../emulator/simulator/bubble.ts';
import type { TrafficRow } from '../emulator/simulator/feed.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'handler-failures-'));
const account = path.join(folder, 'account.ts');
/** The handlers fall over in the seventh and the eleventh line. */
const source = `import { defer, Router } from '${path.join(root, 'shared/index.ts')}';

export const account = new Router()
  .onError((_, ctx) => ctx.reply('Sorry.'))
  .text('throw', async () => {
    await Promise.resolve();
    throw new TypeError('fell over');
  })
  .text('later', defer(async () => {
    await Promise.resolve();
    throw new RangeError('fell over later');
  }))
  .on('text', (ctx) => ctx.reply('Fine.'));
`;
const lines: string[] = [];
let emulation: Emulation;

beforeAll(async () => {
  writeFileSync(account, source);
  emulation = await startEmulation({
    reloads: true,
    root,
    account,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    onLog: ({ line }) => lines.push(line),
  });
});

afterAll(async () => {
  await emulation.close();
  rmSync(folder, { recursive: true });
});

const ask = async <T>(where: string): Promise<T> =>
  (await (await fetch(`${emulation.urls.simulator}emulator${where}`)).json()) as T;
const say = (Content: string) => emulation.push.send({ openid: 'oAlice', type: 'text', Content });
const notes = async () =>
  (await ask<readonly ChatEntry[]>('/followers/oAlice/chat')).filter(
    ({ bubble }) => bubble.type === 'tip' && bubble.tip === 'error',
  );
const position = (line: number) => `${path.relative(root, account)}:${line}:`;

test('an exception of a handler is a note on the phone and red in the traffic, with its place in the source', async () => {
  const { outcome } = await say('throw');
  await say('fine');
  const [note, ...others] = await notes();
  const rows = await ask<readonly TrafficRow[]>('/traffic');

  expect(outcome).toMatchObject({ kind: 'reply', reply: { content: 'Sorry.' } });
  expect(note).toMatchObject({ bubble: { text: 'TypeError: fell over' } });
  expect(note?.reason?.split('\n')[0]).toContain(position(7));
  expect(others).toEqual([]);
  expect(rows.filter(({ kind }) => kind === 'push').map(({ failure }) => failure)).toEqual([
    'TypeError: fell over',
    undefined,
  ]);
  expect(rows.find(({ failure }) => failure)?.id).toBe(note?.trafficId);
  // The terminal reads the same.
  expect(lines.join('\n')).toContain(position(7));
});

test('so is one of a deferred handler, beside the message that it was to answer', async () => {
  await say('later');
  await say('fine');
  const isLater = ({ bubble }: ChatEntry) =>
    bubble.type === 'tip' && bubble.text.includes('fell over later');
  let found: ChatEntry | undefined;
  for (let tries = 0; !found && tries < 100; tries += 1) {
    await until(() => lines.some((line) => line.includes('fell over later')));
    found = (await notes()).find(isLater);
  }
  const rows = await ask<readonly TrafficRow[]>('/traffic');

  expect(found?.reason?.split('\n')[0]).toContain(position(11));
  expect(rows.find(({ id }) => id === found?.trafficId)).toMatchObject({
    about: 'later',
    failure: 'RangeError: fell over later',
  });
});
