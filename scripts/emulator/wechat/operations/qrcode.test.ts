import { expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const DAY_SECONDS = 86_400;

async function createQrcodeApi() {
  const api = await createContentApi();
  const create = (action_name: string, scene: object, rest: object = {}) =>
    api.post('/cgi-bin/qrcode/create', { action_name, action_info: { scene }, ...rest });
  const show = (ticket: unknown) =>
    api.api.fetch(
      `https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=${encodeURIComponent(String(ticket))}`,
    );
  return { ...api, create, show };
}

test('a temporary code lives as long as asked, a minute unless said', async () => {
  const { create, show, clock, lastCall } = await createQrcodeApi();
  const code = await create('QR_SCENE', { scene_id: 123 }, { expire_seconds: 600 });
  const brief = await create('QR_STR_SCENE', { scene_str: 'test' });

  expect(code).toEqual({
    ticket: expect.any(String),
    expire_seconds: 600,
    url: expect.stringMatching(/^http:\/\/weixin\.qq\.com\/q\//),
  });
  expect(brief.expire_seconds).toBe(60);
  expect((await lastCall()).body).toEqual({
    action_name: 'QR_STR_SCENE',
    action_info: { scene: { scene_str: 'test' } },
  });
  const picture = await show(code.ticket);
  expect(picture.status).toBe(200);
  expect(picture.headers.get('content-type')).toBe('image/jpg');
  expect([...new Uint8Array(await picture.arrayBuffer())].slice(0, 3)).toEqual([0xff, 0xd8, 0xff]);
  await clock.advance(60_000);
  expect((await show(brief.ticket)).status).toBe(404);
  expect((await show(code.ticket)).status).toBe(200);
  await clock.advance(540_000);
  expect((await show(code.ticket)).status).toBe(404);
  expect((await show('wrong')).status).toBe(404);
});

test('a permanent code stays, and a scene has one', async () => {
  const { create, show, clock } = await createQrcodeApi();
  const first = await create('QR_LIMIT_SCENE', { scene_id: 100_000 });
  const text = await create('QR_LIMIT_STR_SCENE', { scene_str: '100000' });

  expect(first).toEqual({ ticket: expect.any(String), url: expect.any(String) });
  expect(await create('QR_LIMIT_SCENE', { scene_id: 100_000 })).toEqual(first);
  expect(text.ticket).not.toBe(first.ticket);
  await clock.advance(365 * DAY_SECONDS * 1_000);
  expect((await show(first.ticket)).status).toBe(200);
});

test.each([
  [40052, 'QR_OTHER', { scene_id: 1 }, {}],
  [40053, 'QR_SCENE', { scene_id: 0 }, {}],
  [40053, 'QR_SCENE', { scene_id: 2 ** 32 }, {}],
  [40053, 'QR_SCENE', { scene_str: 'text' }, {}],
  [40053, 'QR_LIMIT_SCENE', { scene_id: 100_001 }, {}],
  [40053, 'QR_LIMIT_STR_SCENE', { scene_str: '' }, {}],
  [40053, 'QR_STR_SCENE', { scene_str: 'x'.repeat(65) }, {}],
  [40097, 'QR_SCENE', { scene_id: 1 }, { expire_seconds: 30 * DAY_SECONDS + 1 }],
])('%i for %s of %j', async (errcode, name, scene, rest) => {
  const { create } = await createQrcodeApi();

  expect(await create(name, scene, rest)).toEqual(refusal(errcode));
});

test('a short key leads to its data until it ends', async () => {
  const { post, clock } = await createQrcodeApi();
  const generate = (body: object) => post('/cgi-bin/shorten/gen', body);
  const fetch = (short_key: unknown) => post('/cgi-bin/shorten/fetch', { short_key });
  const create_time = Math.floor(clock.now() / 1_000);
  const { short_key } = await generate({ long_data: 'loooooong data', expire_seconds: 600 });

  expect(short_key).toMatch(/^[0-9A-Za-z]{15}$/);
  expect(await fetch(short_key)).toEqual({
    errcode: 0,
    errmsg: 'ok',
    long_data: 'loooooong data',
    create_time,
    expire_seconds: 600,
  });
  const whole = await generate({ long_data: 'x'.repeat(4_096) });
  expect(await fetch(whole.short_key)).toMatchObject({ expire_seconds: 30 * DAY_SECONDS });
  await clock.advance(600_000);
  expect(await fetch(short_key)).toEqual(refusal(9410012));
  expect(await fetch('')).toEqual(refusal(47003));
  expect(await generate({ long_data: 'x'.repeat(4_097) })).toEqual(refusal(9410010));
  expect(await generate({ long_data: 'x', expire_seconds: 0 })).toEqual(refusal(9410011));
  expect(await generate({ long_data: '' })).toEqual(refusal(47003));
  const old = { action: 'long2short', long_url: 'https://example.com' };
  expect(await post('/cgi-bin/shorturl', old)).toEqual(refusal(45106));
});
