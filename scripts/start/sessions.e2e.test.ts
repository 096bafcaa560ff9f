import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../emulator/scf/fixture.ts';
import type { ChatEntry } from '../emulator/simulator/bubble.ts';
import type { ShownSession } from '../emulator/simulator/shown-sessions.ts';
import { testStores } from '../testing/store/test-stores.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe.each(await testStores())('sessions in the deployed functions, on %s', (store) => {
  let emulation: Emulation;
  beforeAll(async () => {
    emulation = await startEmulation({
      ...{ root, store, port: 0, mode: 'safe', timers: 'hand' },
      account: path.join(root, 'examples/accounts/booking.ts'),
    });
  });
  afterAll(() => emulation.close());

  async function ask<T>(method: string, where: string, body?: unknown): Promise<T> {
    const response = await fetch(`${emulation.urls.simulator}emulator${where}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  async function say(openid: string, content: string): Promise<string> {
    await ask('POST', `/followers/${openid}/say`, { type: 'text', Content: content });
    const chat = await ask<readonly ChatEntry[]>('GET', `/followers/${openid}/chat`);
    return JSON.stringify(chat.at(-1));
  }

  const sessionsOf = async (openid: string) =>
    (await ask<{ sessions: readonly ShownSession[] }>('GET', `/followers/${openid}/sessions`))
      .sessions;

  test('a dialog goes on over instances that are killed, and the page shows and changes it', async () => {
    expect(await say('oAlice', '订座')).toContain('怎么称呼');
    await killAll();
    expect(await say('oAlice', '小王')).toContain('几位');
    expect(await sessionsOf('oAlice')).toMatchObject([
      { name: '#dialog', value: { name: 'booking', said: ['小王'] } },
    ]);

    await ask('PUT', '/followers/oAlice/sessions', {
      name: '#dialog',
      value: { name: 'booking', said: ['小李'] },
    });
    expect(await say('oAlice', '4')).toContain('小李，哪一天');
    expect(await say('oAlice', '2026-12-31')).toContain('小李，2026-12-31 4 位');
    expect(await sessionsOf('oAlice')).toMatchObject([
      { name: 'visits', value: { tables: ['2026-12-31: 4'] } },
    ]);

    await ask('DELETE', '/followers/oAlice/sessions?name=visits');
    expect(await say('oAlice', '我的订座')).toContain('还没有订座');
  });

  test('who leaves is forgotten by the worker', async () => {
    await ask('POST', '/followers/oBob/follow', {});
    await say('oBob', '订座');
    expect(await sessionsOf('oBob')).toHaveLength(1);

    await ask('POST', '/followers/oBob/unfollow', {});
    await until(async () => (await sessionsOf('oBob')).length === 0);
    expect(await emulation.database.documents('sessions')).toEqual([]);
  });

  async function killAll(): Promise<void> {
    for (const { id } of await ask<readonly { readonly id: string }[]>('GET', '/instances')) {
      await ask('POST', `/instances/${id}/kill`);
    }
  }
});
