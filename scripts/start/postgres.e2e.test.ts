import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { testServer } from '../testing/store/postgres-server.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
// Only whether a server can be had: the emulation starts one of its own.
const isThere = (await testServer()) !== undefined;

(isThere ? describe : describe.skip)('npm start -- --store postgres', () => {
  let emulation: Emulation;
  const lines: string[] = [];
  beforeAll(async () => {
    emulation = await startEmulation({
      root,
      account: fixtureAccount,
      port: 0,
      mode: 'safe',
      timers: 'hand',
      store: 'postgres',
      postgres: { maxConnections: 40 },
      onLog: ({ line }) => lines.push(line),
    });
  });
  afterAll(() => emulation?.close());

  const control = async (method: string, what: string, body?: object) => {
    const response = await fetch(`${emulation.urls.simulator}emulator${what}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };
  const send = (Content: string) =>
    emulation.push.send({ openid: 'oFollowerOfPostgres00000000', type: 'text', Content });

  test('a message is answered, and lies in the tables', async () => {
    const { outcome } = await send('你好');

    expect(outcome).toMatchObject({ kind: 'reply', reply: { content: '你好' } });
    const [found] = await emulation.database.documents('inbox', { state: 'done' });
    expect(found?.removeAt).toBeInstanceOf(Date);
    expect(emulation.cloudbase.control.stats.snapshot().requests).toBe(0);
  });

  test('the page shows documents by pages, finds them by their words, and makes a collection', async () => {
    await control('POST', '/store/collections', { name: 'notes' });
    for (const [_id, words] of [
      ['n1', 'Tea 茶'],
      ['n2', 'other'],
    ]) {
      await control('PUT', '/store/document', { collection: 'notes', document: { _id, words } });
    }
    const page = (query: string) => control('GET', `/store/documents?collection=notes&${query}`);

    expect(await page('limit=1&skip=1')).toMatchObject({ total: 2, documents: [{ _id: 'n2' }] });
    expect(await page('text=tea')).toMatchObject({ total: 1, documents: [{ _id: 'n1' }] });
    expect(await page('text=N2')).toMatchObject({ total: 1, documents: [{ _id: 'n2' }] });
  });

  test('a message that is deferred wakes the worker at once, through the API of SCF', async () => {
    const sent = new Promise<string>((resolve) => {
      emulation.onSend(({ text, message }) => {
        const { content } = Object(message.text) as { readonly content?: string };
        resolve(text ?? content ?? '');
      });
    });

    expect((await send('report')).outcome).toMatchObject({
      reply: { content: expect.stringContaining('One moment') },
    });

    expect(await sent).not.toBe('');
    const workers = emulation.scf.instances().filter((each) => each.function === 'worker');
    expect(workers.length).toBeGreaterThan(0);
  });

  test('the token is renewed, and shown without what is sealed', async () => {
    await emulation.scf.fireTimer('every-five-minutes');

    const { sections } = (await control('GET', '/snapshot')) as {
      readonly sections: { readonly tokens: { readonly documents: readonly object[] } };
    };
    expect(sections.tokens.documents).toEqual(
      expect.arrayContaining([expect.objectContaining({ generation: 1 })]),
    );
    expect(JSON.stringify(sections)).not.toContain('sealedToken');
  });

  test('the store panel shows, changes and removes documents', async () => {
    const document = { _id: 'by hand', note: '手写', at: { $date: '2026-01-02T03:04:05.678Z' } };

    await control('PUT', '/store/document', { collection: 'jobs', document });
    const { documents } = await control('GET', '/store/documents?collection=jobs');
    expect(documents).toEqual(expect.arrayContaining([expect.objectContaining(document)]));
    await control('DELETE', '/store/document?collection=jobs&id=by%20hand');
    expect(
      (await control('GET', '/store/document?collection=jobs&id=by%20hand')).document,
    ).toBeNull();
    const { sections } = (await control('GET', '/snapshot')) as {
      readonly sections: { readonly store: { readonly collections: readonly object[] } };
    };
    expect(sections.store.collections).toContainEqual({
      name: 'inbox',
      documents: expect.any(Number),
    });
  });

  test('with no connection left a message is answered in time, without the store', async () => {
    const { server } = emulation.database;
    server?.cut();
    const exhausted = server?.exhaust(6_000);
    // Whoever takes the connections needs a moment; a message that finds one is answered anyway.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    server?.cut();

    const { outcome, deliveries } = await send('你好');
    await exhausted;

    expect(outcome).toMatchObject({ kind: 'reply' });
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]?.ms).toBeLessThan(5_000);
  });

  test('the server may die under it: what was answered is there, and it goes on', async () => {
    await emulation.database.server?.crash();

    const { outcome } = await send('你好');

    expect(outcome).toMatchObject({ kind: 'reply' });
    expect(await emulation.database.count('inbox')).toBeGreaterThan(0);
  });

  test('without a free connection the first delivery is answered all the same; then all is stored again', async () => {
    const { database } = emulation;
    await send('before');
    const stored = await database.count('inbox', { state: 'done' });
    lines.length = 0;
    database.server?.cut();
    const release = await takeAllConnections(database.env.DATABASE_URL ?? '');
    try {
      const { deliveries, outcome } = await send('without the store');

      // WeChat would have hung up after 5 s, and delivered it again.
      expect(deliveries).toHaveLength(1);
      expect(outcome).toMatchObject({ kind: 'reply', reply: { content: 'without the store' } });
      expect(lines.join('\n')).toContain('inbox unavailable');
    } finally {
      await release();
    }
    expect(await database.count('inbox', { state: 'done' })).toBe(stored);

    expect((await send('after')).outcome).toMatchObject({ reply: { content: 'after' } });
    expect(await database.count('inbox', { state: 'done' })).toBe(stored + 1);
  });
});

/** Holds every connection that the server has left, until the function given back ends that. */
async function takeAllConnections(connectionString: string): Promise<() => Promise<void>> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString });
    try {
      await client.connect();
      taken.push(client);
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' });
      return async () => {
        await Promise.all(taken.map((each) => each.end()));
      };
    }
  }
}
