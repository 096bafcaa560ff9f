import { expect, test } from '@jest/globals';
import { createContentApi, files } from '../content-fixture.ts';

const AUDITED_MS = 60_000;
const store = {
  map_poi_id: '5938314494307741153',
  pic_list: '{"list":["https://example.com/a.jpg"]}',
  contract_phone: '1',
  hour: '09:00-21:00',
  credential: 'licence-1',
};

async function createStoreApi() {
  const api = await createContentApi();
  const { media_id } = await api.upload('/cgi-bin/media/upload', files.jpeg, 'a.jpg', {
    type: 'image',
  });
  const application = {
    first_catid: 1,
    second_catid: 2,
    qualification_list: media_id,
    headimg_mediaid: media_id,
    nickname: '茶馆',
    intro: 'Tea',
  };
  const apply = (change: object = {}) =>
    api.post('/wxa/apply_merchant', { ...application, ...change });
  const outcome = (body: object) =>
    api.call('/emulator/store-audits', { method: 'POST', body: JSON.stringify(body) });
  return { ...api, apply, outcome };
}

test.each([
  [{ nickname: '茶' }, 40097],
  [{ nickname: '茶'.repeat(16) }, 40097],
  [{ second_catid: 1 }, 40097],
  [{ headimg_mediaid: 'gone' }, 85056],
  [{ intro: '' }, 41011],
])('an application that is refused: %j', async (change, errcode) => {
  const { apply } = await createStoreApi();

  expect((await apply(change)).errcode).toBe(errcode);
});

test('without a merchant that has passed there are no stores', async () => {
  const { apply, outcome, post, get, clock, events } = await createStoreApi();
  const audit = async () => (await get('/wxa/get_merchant_audit_info')).data;

  expect(await audit()).toMatchObject({ status: 0 });
  expect((await post('/wxa/add_store', store)).errcode).toBe(85053);
  await outcome({ status: 2, reason: 'the papers cannot be read' });
  await apply();
  expect(await audit()).toMatchObject({ status: 2 });
  await clock.advance(AUDITED_MS);
  expect(await audit()).toMatchObject({ status: 3, reason: 'the papers cannot be read' });
  expect(events.at(-1)).toMatchObject({ Event: 'apply_merchant_audit_info', status: 2 });
  expect((await post('/wxa/add_store', store)).errcode).toBe(85053);
});

test('a store stands at a place of the map, once, and is changed when it has passed', async () => {
  const { apply, post, clock, events } = await createStoreApi();
  await apply();
  await clock.advance(AUDITED_MS);

  expect((await post('/wxa/add_store', { ...store, map_poi_id: '1' })).errcode).toBe(85055);
  expect((await post('/wxa/add_store', { ...store, hour: 'always' })).errcode).toBe(40097);
  expect((await post('/wxa/add_store', { ...store, pic_list: 'a.jpg' })).errcode).toBe(40097);
  expect((await post('/wxa/add_store', store)).errcode).toBe(0);
  expect((await post('/wxa/add_store', store)).errcode).toBe(85038);
  const { business_list: list } = await post('/wxa/get_store_list', { offset: 0, limit: 1 });
  const [first] = list as { base_info: { poi_id: string; status: number } }[];
  const poi_id = first?.base_info.poi_id;
  const change = (more: object) => post('/wxa/update_store', { ...store, poi_id, ...more });
  expect((await change({})).errcode).toBe(65118);
  await clock.advance(AUDITED_MS);
  expect(events.at(-1)).toMatchObject({ Event: 'add_store_audit_info', status: 3, poi_id });

  expect((await change({ hour: '10:00-20:00' })).data).toEqual({ has_audit_id: 0 });
  const pic_list = '{"list":["https://example.com/b.jpg"]}';
  expect((await change({ pic_list })).data).toMatchObject({ has_audit_id: 1 });
  await clock.advance(AUDITED_MS);
  expect(events.at(-1)).toMatchObject({ Event: 'modify_store_audit_info' });
  expect((await post('/wxa/get_store_info', { poi_id })).business).toMatchObject({
    base_info: { status: 1, photo_list: [{ photo_url: 'https://example.com/b.jpg' }] },
  });
  expect((await post('/wxa/del_store', { poi_id })).errcode).toBe(0);
  expect((await post('/wxa/del_store', { poi_id })).errcode).toBe(65115);
});

test('a place that was put on the map is found there', async () => {
  const { post, clock, events } = await createStoreApi();
  const find = async () =>
    (await post('/wxa/search_map_poi', { districtid: 440_105, keyword: '面馆' })).data;
  const text = { province: 'p', city: 'c', district: 'd', address: 'a', category: 'c' };
  const more = { telephone: 't', photo: 'p', license: 'l', introduct: 'i', districtid: '440105' };
  const place = { name: '面馆', longitude: '113.3', latitude: '23.1', ...text, ...more };

  expect((await post('/wxa/create_map_poi', { ...place, latitude: 'north' })).errcode).toBe(40097);
  await post('/wxa/create_map_poi', place);
  expect(await find()).toEqual({ item: [] });
  await clock.advance(AUDITED_MS);
  expect(events.at(-1)).toMatchObject({ Event: 'create_map_poi_audit_info', name: '面馆' });
  expect(await find()).toMatchObject({ item: [{ branch_name: '面馆', latitude: 23.1 }] });
  expect((await post('/wxa/search_map_poi', { districtid: 1, keyword: 'x' })).errcode).toBe(40097);
});
