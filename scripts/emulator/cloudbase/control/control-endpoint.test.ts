import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createNodeSdk } from '../conformance/node-sdk.ts';
import { type CloudbaseEmulator, startCloudbase } from '../index.ts';

process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

const ENV = 'env-control';
const keys = { secretId: 'AKIDcontrol', secretKey: 'SKcontrol' };

let emulator: CloudbaseEmulator;

beforeAll(async () => {
  emulator = await startCloudbase({ environments: [{ envId: ENV, ...keys }] });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await call('DELETE', '/faults');
  await call('POST', '/reset', {});
  await call('POST', '/collections', { env: ENV, name: 'c' });
});

const sdk = () => createNodeSdk({ url: emulator.url, env: ENV, ...keys });

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${emulator.baseUrl}/emulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the control endpoint', () => {
  test('names the environments', async () => {
    expect((await call('GET', '')).body).toEqual({ environments: [ENV] });
  });

  test('makes, lists, clears and drops collections', async () => {
    const fields = [
      { name: 'a', direction: 'asc' },
      { name: 'b.c', direction: 'desc' },
    ];
    const rule = 'ADMINWRITE';
    await call('POST', '/collections', { env: ENV, name: 'd', rule, indexes: [{ fields }] });
    await sdk().add({ _id: 'x' }, 'd');

    expect((await call('GET', `/collections?env=${ENV}`)).body).toEqual({
      collections: [
        { name: 'c', documents: 0, rule: 'ADMINONLY', indexes: [] },
        { name: 'd', documents: 1, rule, indexes: [{ name: 'a_1_b.c_-1', fields }] },
      ],
    });
    const cleared = await call('POST', '/collections/clear', { env: ENV, name: 'd' });
    expect(cleared.body).toEqual({ removed: 1 });
    expect(await sdk().get('x', 'd')).toBeUndefined();
    await call('DELETE', `/collections?env=${ENV}&name=d`);
    await expect(sdk().get('x', 'd')).rejects.toThrow('not exist');
  });

  test('adds an index, unless the documents forbid it', async () => {
    await sdk().add({ _id: 'a', email: 'x' });
    await sdk().add({ _id: 'b', email: 'x' });
    const index = { fields: [{ name: 'email', direction: 'asc' }], unique: true };

    const refused = await call('POST', '/indexes', { env: ENV, collection: 'c', index });
    await sdk().remove('b');
    const added = await call('POST', '/indexes', { env: ENV, collection: 'c', index });
    const again = await call('POST', '/indexes', { env: ENV, collection: 'c', index });
    const other = await call('POST', '/indexes', {
      env: ENV,
      collection: 'c',
      index: { ...index, unique: false },
    });

    expect([refused.status, added.status, again.status, other.status]).toEqual([
      400, 200, 200, 400,
    ]);
    await expect(sdk().add({ _id: 'b', email: 'x' })).rejects.toThrow('E11000');
  });

  test('reads, writes and removes documents', async () => {
    const document = { _id: 'a', n: 1, at: { $date: '2026-01-01T00:00:00.000Z' } };

    expect((await call('PUT', '/document', { env: ENV, collection: 'c', document })).body).toEqual({
      document,
    });
    expect(await sdk().get('a')).toEqual({ _id: 'a', n: 1, at: new Date('2026-01-01') });
    const at = `env=${ENV}&collection=c`;
    expect((await call('GET', `/document?${at}&id=a`)).body).toEqual({ document });
    expect((await call('GET', `/documents?${at}&limit=5`)).body).toEqual({
      total: 1,
      documents: [document],
    });
    expect((await call('DELETE', `/document?${at}&id=a`)).body).toEqual({ deleted: true });
    expect((await call('DELETE', `/document?${at}&id=a`)).body).toEqual({ deleted: false });
    expect((await call('GET', `/document?${at}&id=a`)).body).toEqual({ document: null });
  });

  test('tells numeric ids from textual ones', async () => {
    await sdk().add({ _id: 7, is: 'number' });
    const at = `env=${ENV}&collection=c&id=7`;

    expect((await call('GET', `/document?${at}`)).body).toEqual({ document: null });
    expect((await call('GET', `/document?${at}&idType=number`)).body).toEqual({
      document: { _id: 7, is: 'number' },
    });
  });

  test('exports and imports everything but files', async () => {
    await call('POST', '/collections', {
      env: ENV,
      name: 'd',
      indexes: [{ fields: [{ name: 'k', direction: 'asc' }], unique: true }],
    });
    await sdk().add({ _id: 'x', k: 1, at: new Date(5) }, 'd');
    const exported = (await call('GET', `/export?env=${ENV}`)).body;
    await call('POST', '/reset', { env: ENV });
    await expect(sdk().get('x', 'd')).rejects.toThrow('not exist');

    await call('POST', '/import', exported);

    expect(await sdk().get('x', 'd')).toEqual({ _id: 'x', k: 1, at: new Date(5) });
    await expect(sdk().add({ k: 1 }, 'd')).rejects.toThrow('E11000');
    expect((await call('GET', `/export?env=${ENV}`)).body).toEqual(exported);
  });

  test('moves the clock', async () => {
    const set = (await call('POST', '/clock', { epochMs: 1_000_000_000_000 })).body.epochMs;
    const moved = (await call('POST', '/clock', { advanceMs: 60_000 })).body.epochMs;
    const read = (await call('GET', '/clock')).body.epochMs;

    expect(Number(set)).toBeGreaterThanOrEqual(1_000_000_000_000);
    expect(Number(moved)).toBeGreaterThanOrEqual(1_000_000_060_000);
    expect(Number(read)).toBeLessThan(1_000_000_120_000);
  });

  test('adds, lists and clears faults', async () => {
    const fault = { kind: 'error', code: 'SYS_ERR', times: 1 };

    const { id } = (await call('POST', '/faults', fault)).body;
    await expect(sdk().count()).rejects.toThrow('Injected SYS_ERR');

    expect((await call('GET', '/faults')).body).toEqual({ faults: [{ id, fault, hits: 1 }] });
    await call('DELETE', '/faults');
    expect((await call('GET', '/faults')).body).toEqual({ faults: [] });
  });

  test('cuts idle connections', async () => {
    await sdk().count();

    const { killed } = (await call('POST', '/sockets/kill-idle')).body;

    expect(killed).toBeGreaterThanOrEqual(1);
    expect(await patiently(() => sdk().count())).toBe(0);
  });

  test('makes sockets look dead that have been used', async () => {
    await patiently(() => sdk().count());
    await call('POST', '/faults', { kind: 'reset', when: 'before', reusedSocket: true, times: 1 });

    await expect(sdk().count()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await sdk().count()).toBe(0);
  });

  test('counts what was asked for', async () => {
    await call('DELETE', '/stats');
    await sdk().count();
    await sdk().count();
    await sdk()
      .get('x', 'nowhere')
      .catch(() => undefined);

    expect((await call('GET', '/stats')).body).toEqual({
      requests: 3,
      byAction: { 'database.calculateDocument': 2, 'database.getDocument': 1 },
      byCollection: {
        c: { 'database.calculateDocument': 2 },
        nowhere: { 'database.getDocument': 1 },
      },
      byErrorCode: { DATABASE_COLLECTION_NOT_EXIST: 1 },
      conflicts: 0,
      faults: 0,
    });
  });

  test('switches the code of duplicates', async () => {
    await sdk().add({ _id: 'a' });
    await call('PUT', '/settings', { duplicates: 'duplicate-write' });

    await expect(sdk().add({ _id: 'a' })).rejects.toMatchObject({
      code: 'DATABASE_DUPLICATE_WRITE',
    });
    await call('PUT', '/settings', { duplicates: 'request-failed' });
  });

  test.each([
    ['POST', '/faults', { kind: 'meteor' }, 'kind'],
    ['POST', '/faults', { kind: 'conflict', tims: 1 }, 'tims'],
    ['POST', '/collections', { env: ENV }, 'name'],
    ['POST', '/collections', { env: 'nowhere', name: 'x' }, 'no environment nowhere'],
    ['POST', '/clock', {}, 'body'],
    ['GET', '/documents', undefined, 'env is missing'],
  ])('refuses %s %s with %j and says why', async (method, path, body, reason) => {
    const answer = await call(method, path, body);

    expect(answer.status).toBe(400);
    expect(String(answer.body.error)).toContain(reason);
  });

  test('knows its routes', async () => {
    expect((await call('GET', '/nowhere')).status).toBe(404);
    expect((await call('PATCH', '/faults')).status).toBe(404);
  });

  test.each([
    ['another host', { host: 'evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
  ])('is closed to %s', async (_, headers) => {
    expect(await statusWith(headers)).toBe(403);
    expect(await statusWith({ origin: 'http://localhost:8080' })).toBe(403);
    expect(await statusWith({ origin: emulator.baseUrl })).toBe(200);
  });
});

/** Again until it works: the client may not have noticed yet that its socket has been cut. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  return attempt().catch(() => patiently(attempt));
}

/** `fetch` would not send these headers. */
function statusWith(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${emulator.baseUrl}/emulator`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end();
  });
}
