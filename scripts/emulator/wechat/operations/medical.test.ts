import { expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';

const message = {
  status: 101,
  open_id: 'oAnn',
  order_id: 'visit-1',
  msg_id: 'one',
  app_id: 'wx1',
  business_id: 150,
  business_info: {},
};

test('a message of the medical assistant reaches a follower once', async () => {
  const { post, api } = await createContentApi();
  const send = async (change: object = {}) =>
    (await post('/cityservice/sendchannelmsg', { ...message, ...change })).errcode;

  expect([await send(), await send(), await send({ msg_id: 'two' })]).toEqual([0, 0, 0]);
  expect(api.sentTo('oAnn').map(({ message: { msg_id } }) => msg_id)).toEqual(['one', 'two']);
  expect(await send({ open_id: 'oNobody' })).toBe(40003);
  expect(await send({ order_id: undefined })).toBe(41011);
  expect(await send({ status: 'done' })).toBe(47001);
  expect(await send({ business_info: undefined })).toBe(41011);
});

test('an endpoint that must be applied for is refused to an account without it', async () => {
  const { post, call } = await createContentApi();
  const withhold = (withheld: string[]) =>
    call('/emulator/applications', { method: 'PUT', body: JSON.stringify({ withheld }) });

  await withhold(['medical', 'itemCode.apply']);
  expect((await post('/cityservice/sendchannelmsg', message)).errcode).toBe(48001);
  expect((await post('/intp/marketcode/applycode', {})).errcode).toBe(48001);
  expect((await post('/intp/marketcode/applycodequery', {})).errcode).toBe(40097);
  await withhold([]);
  expect((await post('/cityservice/sendchannelmsg', message)).errcode).toBe(0);
});
