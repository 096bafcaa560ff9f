import { expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';

const path = '/cgi-bin/something/new';

test('a path that the catalogue does not have answers what it was told to', async () => {
  const { post, get, call, fetch } = await createContentApi();
  const tell = (answer: object) =>
    call('/emulator/raw', { method: 'POST', body: JSON.stringify(answer) });

  expect(await post(path)).toMatchObject({
    errcode: 40066,
    errmsg: expect.stringMatching(/^invalid url, .*POST \/emulator\/raw.* rid: /),
  });
  await tell({ path, json: { errcode: 0, value: 7 } });
  await tell({ path, method: 'GET', text: 'a,b\n', contentType: 'text/csv', status: 203 });
  expect(await post(path)).toEqual({ errcode: 0, value: 7 });
  const file = await fetch(path);
  expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([
    203,
    'text/csv',
    'a,b\n',
  ]);
  await tell({ path, method: 'GET', json: { errcode: 45009 } });
  expect((await get(path)).errcode).toBe(45009);
  await call('/emulator/raw', { method: 'DELETE' });
  expect((await post(path)).errcode).toBe(40066);
});

test('such a path wants a good token, and never takes the place of one that is known', async () => {
  const { api, call, post } = await createContentApi();
  const tell = (answer: object) =>
    call('/emulator/raw', { method: 'POST', body: JSON.stringify(answer) });
  await tell({ path });
  await tell({ path: '/cgi-bin/menu/get', json: { errcode: 1 } });

  const response = await api.fetch(`https://api.weixin.qq.com${path}?access_token=another`);
  expect(await response.json()).toMatchObject({ errcode: 40001 });
  expect((await post('/cgi-bin/menu/get')).errcode).toBe(43001);
  expect(await tell({ path: 'no/slash' })).toMatchObject({ error: expect.any(String) });
});
