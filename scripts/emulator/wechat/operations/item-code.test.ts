import { expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';

const product = {
  activity_name: 'a',
  product_brand: 'b',
  product_title: 't',
  product_code: '6901234567892',
  wxa_appid: 'wx0123456789abcdef',
  wxa_path: 'pages/tea',
};

test.each([
  [{ code_count: 9_999, isv_application_id: 'x' }, 40097],
  [{ code_count: 15_000, isv_application_id: 'x' }, 40097],
  [{ code_count: 20_010_000, isv_application_id: 'x' }, 40097],
  [{ code_count: 10_000, isv_application_id: 'x'.repeat(129) }, 40097],
  [{ code_count: 10_000 }, 41011],
  [{ isv_application_id: 'x' }, 41011],
])('an application that is refused: %j', async (application, errcode) => {
  const { post } = await createContentApi();

  expect((await post('/intp/marketcode/applycode', application)).errcode).toBe(errcode);
});

test('codes are made in a while, in files of a million; the same number is the same application', async () => {
  const { post, clock } = await createContentApi();
  const apply = { code_count: 1_500_000 - 500_000 + 10_000, isv_application_id: 'x' };
  const { application_id: id } = await post('/intp/marketcode/applycode', apply);
  const ask = () => post('/intp/marketcode/applycodequery', { application_id: id });

  expect(await post('/intp/marketcode/applycode', apply)).toMatchObject({ application_id: id });
  expect(await ask()).toMatchObject({ status: 'INIT', code_generate_list: [] });
  await clock.advance(60_000);
  expect(await ask()).toMatchObject({
    status: 'FINISH',
    code_generate_list: [
      { code_start: 0, code_end: 999_999 },
      { code_start: 1_000_000, code_end: 1_009_999 },
    ],
  });
});

test('a code is known by place, by itself and by its picture; the latest activation counts', async () => {
  const { post, clock, call } = await createContentApi();
  const { application_id } = await post('/intp/marketcode/applycode', {
    code_count: 10_000,
    isv_application_id: 'x',
  });
  const activate = (code_start: number, code_end: number, more: object = {}) =>
    post('/intp/marketcode/codeactive', {
      application_id,
      code_start,
      code_end,
      ...product,
      ...more,
    });
  const ask = (which: object) => post('/intp/marketcode/codeactivequery', which);

  expect((await activate(0, 9)).errcode).toBe(40097);
  await clock.advance(60_000);
  const file = await post('/intp/marketcode/applycodedownload', {
    application_id,
    code_start: 3,
    code_end: 3,
  });
  const [place, code, code_url] = Buffer.from(String(file.buffer), 'base64')
    .toString()
    .trim()
    .split('\t');
  expect([place, code?.length, code_url?.length]).toEqual(['3', 9, 28]);
  expect((await ask({ code })).errcode).toBe(40097);
  expect((await activate(0, 10_000)).errcode).toBe(40097);
  await activate(0, 9);
  await activate(3, 3, { product_title: 'newer' });

  for (const which of [{ code }, { code_url }, { application_id, code_index: 3 }]) {
    expect(await ask(which)).toMatchObject({ code, product_title: 'newer', code_start: 3 });
  }
  expect(await ask({ application_id, code_index: 4 })).toMatchObject({ product_title: 't' });
  expect((await ask({ application_id, code_index: 10_000 })).errcode).toBe(40097);

  const scan = { method: 'POST', body: JSON.stringify({ code, openid: 'oAnn' }) };
  const { code_ticket } = await call('/emulator/item-codes/scan', scan);
  const open = (openid: string) => post('/intp/marketcode/tickettocode', { openid, code_ticket });
  expect(await open('oAnn')).toMatchObject({ code });
  expect((await open('oBen')).errcode).toBe(40097);
});
