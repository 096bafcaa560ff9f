import { expect, jest, test } from '@jest/globals';
import type { Api } from './api.ts';
import { lazyApi } from './api-of.ts';

function setUp() {
  const create = jest.fn(async (..._: unknown[]) => ({ errcode: 0, errmsg: 'ok' }));
  const request = jest.fn(async (..._: unknown[]) => 'free');
  const make = jest.fn(async () => ({ menu: { create }, request }) as unknown as Api);
  return { api: lazyApi(make), make, create, request };
}

test('an API that is not made yet has every name, and is made once, by the first call', async () => {
  const { api, make, create, request } = setUp();

  expect(Object.keys(api)).toEqual(expect.arrayContaining(['menu', 'request']));
  expect(Object.keys({ ...api }.menu)).toContain('create');
  expect(api.menu.create).toBe(api.menu.create);
  expect(Object.keys(api.oauth)).not.toContain('authorize');
  expect(make).not.toHaveBeenCalled();

  const button = [{ type: 'click', name: 'A', key: 'a' }] as const;
  const calls = [api.menu.create({ button }, { timeoutMs: 5 }), api.request('GET', '/cgi-bin/x')];

  expect(await Promise.all(calls)).toEqual([{ errcode: 0, errmsg: 'ok' }, 'free']);
  expect(create).toHaveBeenCalledWith({ button }, { timeoutMs: 5 });
  expect(request).toHaveBeenCalledWith('GET', '/cgi-bin/x');
  expect(make).toHaveBeenCalledTimes(1);
});

test('what fails the making fails the call', async () => {
  const api = lazyApi(() => Promise.reject(new Error('no file')));

  await expect(api.menu.get()).rejects.toThrow('no file');
});
