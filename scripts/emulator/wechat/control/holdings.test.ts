import { expect, test } from '@jest/globals';
import { createTestApi } from '../api-fixture.ts';
import type { HoldingsAnswer } from './holdings.ts';

const setUp = () => {
  const { get, post } = createTestApi();
  const holdings = async () => (await get('/emulator/holdings')) as unknown as HoldingsAnswer;
  const click = (endpoint: string, request?: object) =>
    post('/emulator/console', { endpoint, request });
  return { get, post, holdings, click };
};

test('what the administrator makes is held, and what is deleted is not', async () => {
  const { post, holdings, click } = setUp();
  const button = [{ type: 'click', name: '歌曲', key: 'SONG' }];
  await click('menu.create', { button });
  await click('menu.addConditional', { button, matchrule: { client_platform_type: '1' } });
  const { tag } = (await click('tag.create', { tag: { name: '会员' } })) as { tag?: unknown };
  await post('/emulator/templates', { title: '通知', content: '{{thing1.DATA}}', templateId: 't' });
  const code = { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'shop' } } };
  const { ticket } = (await click('qrcode.create', code)) as { ticket?: string };

  expect(await holdings()).toMatchObject({
    menus: { default: { button }, conditional: [{ matchrule: { client_platform_type: '1' } }] },
    tags: [{ name: '星标组' }, { ...(tag as object), count: 0 }],
    templates: [{ templateId: 't' }],
    qrcodes: [{ scene: 'shop', ticket }],
  });

  await click('menu.delete');
  await click('tag.delete', { tag });
  await click('template.delete', { template_id: 't' });
  const query = new URLSearchParams({ ticket: ticket ?? '' });
  expect(await post(`/emulator/qrcodes?${query}`, {}, 'DELETE')).toEqual([]);

  expect(await holdings()).toMatchObject({
    menus: { default: null, conditional: [] },
    tags: [{ name: '星标组' }],
    templates: [],
    qrcodes: [],
  });
});

test('WeChat refuses the administrator what it refuses everybody, and no call is counted', async () => {
  const { get, click } = setUp();

  expect(await click('tag.delete', { tag: { id: 2 } })).toMatchObject({ errcode: 45058 });
  expect(await click('menu.create', { button: [] })).toHaveProperty('error');
  expect(await get('/emulator/calls')).toEqual([]);
});

test.each(['menu.fly', 'token.get', 'qrcode.show'])('%s is nothing to be clicked', async (name) => {
  expect(await setUp().click(name)).toHaveProperty('error');
});
