import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Conversation, Router, replay } from '../../shared/index.ts';
import { ordinary } from '../emulator/wechat/push/ordinary.ts';
import { sampleEvent } from '../emulator/wechat/push/samples.ts';
import { type Emulation, startEmulation } from '../start/emulation.ts';
import { account } from '../testing/callback/fixture-account.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { record } from './record.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'record-'));
const file = path.join(folder, 'deep/conversation.json');
let emulation: Emulation;
let port: number;

beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
  });
  port = Number(new URL(emulation.urls.callback).port);
});

afterAll(async () => {
  await emulation.close();
  rmSync(folder, { recursive: true });
});

const read = () => JSON.parse(readFileSync(file, 'utf8')) as Conversation;
const options = { file, openid: 'oAlice', last: Number.POSITIVE_INFINITY };

describe('npm run record', () => {
  test('a chat that was had in the simulator passes as a test, deferred answers included', async () => {
    const { push } = emulation;
    await push.send(sampleEvent('oAlice', 'subscribe', { EventKey: 'qrscene_shop' }));
    for (const words of ['你好', 'order 12', 'more']) {
      await push.send(ordinary.text('oAlice', words));
    }
    await push.send(ordinary.image('oAlice', 'a-picture'));
    await push.send(ordinary.video('oAlice', 'a-video'));
    await push.send(ordinary.location('oAlice'));
    await push.send(sampleEvent('oAlice', 'CLICK', { EventKey: 'NEWS' }));
    await push.send(sampleEvent('oAlice', 'CLICK', { EventKey: 'SUPPORT' }));
    const late = new Promise<void>((resolve) => emulation.onSend(() => resolve()));
    await push.send(ordinary.text('oAlice', 'report'));
    await late;
    await push.send({ openid: 'oAlice', type: 'raw', body: 'neither XML nor JSON' });

    expect(await record({ ...options, port })).toBe(10);

    const recorded = read();
    expect(recorded.turns[3]).toMatchObject({
      said: { type: 'text', content: 'more' },
      reply: { type: 'text' },
      sent: [{ msgtype: 'text' }],
    });
    expect(recorded.turns[9]?.sent).toHaveLength(1);
    expect(await replay(account, recorded)).toEqual(recorded);
  });

  test('late messages are filed with what they answer, whatever was said meanwhile', async () => {
    const sent = new Promise<void>((resolve) => {
      let count = 0;
      emulation.onSend(() => {
        count += 1;
        if (count === 2) resolve();
      });
    });
    const said = ['report', '一', 'report', '二'];
    // In turn, and without waiting for the worker.
    for (const words of said) await emulation.push.send(ordinary.text('oLate', words));
    await sent;

    expect(await record({ ...options, openid: 'oLate', port })).toBe(4);

    const { turns } = read();
    expect(turns.map(({ sent }) => sent.length)).toEqual([1, 0, 1, 0]);
    expect(await replay(account, { turns })).toEqual({ turns });
    await record({ ...options, port });
  });

  test('another account does not pass', async () => {
    const recorded = read();
    const other = new Router().on('text', (ctx) => ctx.reply('something else'));

    expect(await replay(other, recorded)).not.toEqual(recorded);
  });

  test('only the latest turns, if so many are asked for', async () => {
    expect(await record({ ...options, port, last: 2 })).toBe(2);

    expect(read().turns.map(({ said }) => said.type)).toEqual(['event', 'text']);
  });

  test('says what to do when the chat is empty, or npm start does not run', async () => {
    await expect(record({ ...options, port, openid: 'oNobody' })).rejects.toThrow(
      'oNobody has said nothing yet',
    );
    await expect(record({ ...options, port: 1 })).rejects.toThrow('Run `npm start`');
  });
});
