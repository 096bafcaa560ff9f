import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTestApi, MINUTE } from '../api-fixture.ts';
import { keepTokenFile } from '../token-file.ts';

const PATH = '/cgi-bin/getcallbackip';
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function withRelay() {
  const test = createTestApi();
  const relay = await test.api.listenAsRelay(0);
  closers.push(() => relay.close());
  const ask = async (query = '', of = PATH) => {
    const response = await fetch(`${relay.url}${of}${query}`);
    const { errcode = 0 } = (await response.json()) as { readonly errcode?: number };
    return { errcode, sequence: response.headers.get('x-openapi-seqid') };
  };
  const set = (cloud: object) => test.post('/emulator/cloud', cloud, 'PUT');
  return { ...test, ask, set };
}

describe('the relay beside a container', () => {
  test('adds the account to a call without a token, for which no token is issued', async () => {
    const { api, ask } = await withRelay();

    expect(await ask()).toEqual({ errcode: 0, sequence: expect.stringMatching(/^[\w-]{8,}$/) });
    expect(api.inspect()).toMatchObject({
      tokens: { generation: 0 },
      statistics: { tokenFetches: { stable: 0, classic: 0 }, cloudUses: { 'relay good': 1 } },
    });
  });

  test('passes on what has a token of its own, good or not', async () => {
    const { ask, tokenQuery } = await withRelay();

    expect((await ask(`?${await tokenQuery()}`)).errcode).toBe(0);
    expect((await ask('?access_token=nonsense')).errcode).toBe(40001);
  });

  test('adds nothing where the service is off, nor to a path that is not allowed', async () => {
    const { ask, set } = await withRelay();

    await set({ allowed: ['/cgi-bin/menu/get'] });
    expect((await ask()).errcode).toBe(48001);
    await set({ allowed: [PATH] });
    expect((await ask()).errcode).toBe(0);
    await set({ allowed: null, isRelayOn: false });
    expect((await ask()).errcode).toBe(41001);
  });

  test('is for containers alone: elsewhere a call without a token is refused', async () => {
    const { api, get, ask } = await withRelay();
    const direct = await api.listen(0);
    closers.push(() => direct.close());

    expect(await (await fetch(`${direct.url}${PATH}`)).json()).toMatchObject({ errcode: 41001 });
    expect(await get(PATH)).toMatchObject({ errcode: 41001 });
    expect((await ask('', '/emulator/state')).errcode).not.toBe(0);
  });
});

describe('the token of the platform', () => {
  test('is replaced every 10 minutes, and good for 30', async () => {
    const { api, clock, get } = createTestApi();
    const use = async (token: string) =>
      (await get(`${PATH}?cloudbase_access_token=${token}`)).errcode ?? 0;
    const first = api.cloud.token();

    expect(await use(first)).toBe(0);
    await clock.advance(10 * MINUTE);
    const second = api.cloud.token();
    expect(second).not.toBe(first);
    expect([await use(first), await use(second)]).toEqual([0, 0]);
    await clock.advance(20 * MINUTE);
    expect([await use(first), await use(second)]).toEqual([42001, 0]);
    expect(await use('1_nonsense')).toBe(40001);
  });

  test('needs no address in the whitelist, may be refused, and is no access_token', async () => {
    const { api, get, post } = createTestApi({ ipWhitelist: ['10.0.0.1'] });
    const token = api.cloud.token();

    expect((await get(`${PATH}?cloudbase_access_token=${token}`)).errcode).toBeUndefined();
    expect((await get(`${PATH}?access_token=${token}`)).errcode).toBe(40001);
    await post('/emulator/cloud/token', { refuse: true });
    expect((await get(`${PATH}?cloudbase_access_token=${token}`)).errcode).toBe(40001);
    await post('/emulator/cloud/token', {});
    const next = api.cloud.token();
    expect((await get(`${PATH}?cloudbase_access_token=${next}`)).errcode).toBeUndefined();
  });

  test('stands in a file that only the owner reads, and another takes its place', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'token-file-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const { api, post } = createTestApi();
    const file = path.join(folder, 'mounted', 'token');
    closers.push(keepTokenFile(file, api));
    const before = readFileSync(file, 'utf8');

    expect(before).toBe(api.cloud.token());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await post('/emulator/cloud/token', {});
    for (let tries = 0; readFileSync(file, 'utf8') === before && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(readFileSync(file, 'utf8')).toBe(api.cloud.token());
  });
});
