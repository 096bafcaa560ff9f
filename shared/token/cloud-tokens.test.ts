import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createTestClient,
  type Loopback,
  type LoopbackReply,
  startLoopback,
} from '../wechat/client/loopback.test-helper.ts';
import { HeaderToken } from './header-token.ts';
import { relayedIdentity } from './relayed-identity.ts';
import { TokenFile } from './token-file.ts';

const ok = { errcode: 0, errmsg: 'ok' };
const stale = { errcode: 40001, errmsg: 'invalid credential rid: 6-7-8' };
const first = 'cloud-token-number-1';
const second = 'cloud-token-number-2';

let folder: string;
let file: string;
let server: Loopback | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cloud-token-'));
  file = path.join(folder, 'cloudbase_access_token');
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function client(token: Parameters<typeof createTestClient>[1], replies: LoopbackReply[]) {
  server = await startLoopback(...replies);
  const { api } = createTestClient(server.url, token);
  return { api, received: server.received };
}

/** As a mounted volume does it: another file takes the place of the one there was. */
function replace(text: string) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const tokenFile = () => new TokenFile(file, { readFile, stat });

describe('no token, because a relay adds the account', () => {
  test('no call has one in its query', async () => {
    const { api, received } = await client({ token: relayedIdentity }, [ok, ok]);

    await api.menu.get();
    await api.openapi.getQuota({ cgi_path: '/cgi-bin/menu/get' });

    expect(received.map(({ query }) => query)).toEqual([{}, {}]);
  });

  test.each([
    [40001, 'renews it by itself'],
    [41001, '开放接口服务'],
    [40164, 'no IP whitelist applies'],
    [48001, '微信令牌权限配置'],
  ])('%d ends the call, and says what it means there', async (errcode, advice) => {
    const refusal = { errcode, errmsg: 'no rid: 6-7-8' };
    const { api, received } = await client({ token: relayedIdentity }, [refusal, ok]);

    await expect(api.menu.get()).rejects.toMatchObject({
      errcode,
      rid: '6-7-8',
      advice: expect.stringContaining(advice),
      message: expect.stringContaining(advice),
    });
    expect(received).toHaveLength(1);
  });

  test('another errcode keeps the advice that it has everywhere', async () => {
    const { api } = await client({ token: relayedIdentity }, [{ errcode: 40013, errmsg: 'no' }]);

    await expect(api.menu.get()).rejects.toMatchObject({
      advice: expect.not.stringContaining('WeChat Cloud'),
    });
  });
});

describe('a token in a file', () => {
  test('goes along as cloudbase_access_token, and is read anew when the file has changed', async () => {
    const { api, received } = await client({ token: tokenFile() }, [ok, ok, ok]);
    replace(`${first}\n`);

    await api.menu.get();
    await api.menu.get();
    replace(second);
    await api.menu.get();

    expect(received.map(({ query }) => query)).toEqual([
      { cloudbase_access_token: first },
      { cloudbase_access_token: first },
      { cloudbase_access_token: second },
    ]);
  });

  test('is not read again while the file is the same', async () => {
    replace(first);
    let reads = 0;
    const counting = new TokenFile(file, {
      stat,
      readFile: (...args) => {
        reads += 1;
        return readFile(...args);
      },
    });

    for (let call = 0; call < 5; call += 1) await counting.get();

    expect(reads).toBe(1);
  });

  test('that WeChat refuses is looked for in the file, even if its clock has not moved', async () => {
    replace(first);
    const { atime, mtime } = statSync(file);
    const { api, received } = await client({ token: tokenFile() }, [
      (response) => {
        // Written over in its place, within one tick of the clock of the file.
        writeFileSync(file, second);
        utimesSync(file, atime, mtime);
        response.end(JSON.stringify(stale));
      },
      ok,
    ]);

    await api.menu.get();

    expect(received.map(({ query }) => query.cloudbase_access_token)).toEqual([first, second]);
  });

  test('that WeChat refuses ends the call with that refusal while there is no other', async () => {
    replace(first);
    const { api, received } = await client({ token: tokenFile() }, [stale, ok]);

    await expect(api.menu.get()).rejects.toMatchObject({
      errcode: 40001,
      advice: expect.stringContaining('every 10 minutes'),
    });
    expect(received).toHaveLength(1);
  });

  test('that is being replaced gives way to the one before', async () => {
    const tokens = tokenFile();
    replace(first);
    await tokens.get();

    replace('');
    expect((await tokens.get()).reveal()).toBe(first);
    rmSync(file);
    expect((await tokens.get()).reveal()).toBe(first);
    replace(second);
    expect((await tokens.get()).reveal()).toBe(second);
  });

  test.each([
    ['is not there', undefined],
    ['is empty', ''],
    ['holds something else', 'two words of no token'],
  ])('that %s is an error that names the file', async (_, text) => {
    if (text !== undefined) replace(text);

    await expect(tokenFile().get()).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining(file),
    });
  });
});

describe('a token in the header of a push', () => {
  const appid = 'wx0123456789abcdef';

  test('is missing before the first push, and then the newest serves', async () => {
    const token = new HeaderToken(appid);
    const { api, received } = await client({ token }, [ok, ok]);

    await expect(api.menu.get()).rejects.toThrow('no push has brought one');
    token.note({ 'x-wx-cloudbase-access-token': first });
    await api.menu.get();
    token.note({ 'x-wx-cloudbase-access-token': second });
    token.note({});
    await api.menu.get();

    expect(received.map(({ query }) => query.cloudbase_access_token)).toEqual([first, second]);
  });

  test('of the account that shares the environment is the one for its own pushes', async () => {
    const token = new HeaderToken(appid);

    token.note({
      'x-wx-from-appid': appid,
      'x-wx-cloudbase-access-token': first,
      'x-wx-from-cloudbase-access-token': second,
    });

    expect((await token.get()).reveal()).toBe(second);
  });

  test('that WeChat refuses gives way to a newer one, if a push has brought it meanwhile', async () => {
    const token = new HeaderToken(appid);
    const note = (text: string) => token.note({ 'x-wx-cloudbase-access-token': text });
    note(first);
    const refused = await token.get();

    expect(await token.reject(refused)).toBeUndefined();
    note(second);
    expect((await token.reject(refused))?.reveal()).toBe(second);
  });
});
