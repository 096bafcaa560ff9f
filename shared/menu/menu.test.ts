import { describe, expect, test } from '@jest/globals';
import { actions, type MenuInvocation } from '../../functions/menu/index.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { type Answers, createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { createRuleBook } from '../auto-replies/rule-book.ts';
import { createLog } from '../kernel/log.ts';
import { invokable } from '../scf/invoke.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Menu } from '../wechat/catalogue/menu.ts';
import { invalidConditionalMenus, invalidMenus } from './invalid-menus.test-data.ts';
import { createMenus } from './menus.ts';
import { createPublications } from './publications.ts';
import { createMenuVersions } from './versions.ts';

const everyType: Menu = {
  button: [
    { type: 'click', name: '今日歌曲', key: 'SONG' },
    {
      name: '菜单',
      sub_button: [
        { type: 'view', name: '搜索', url: 'http://www.soso.com/' },
        {
          type: 'miniprogram',
          name: 'wxa',
          url: 'http://mp.weixin.qq.com',
          appid: 'wx286b93c14bbf93aa',
          pagepath: 'pages/lunar/index',
        },
        { type: 'scancode_waitmsg', name: '扫码带提示', key: 'rselfmenu_0_0' },
        { type: 'scancode_push', name: '扫码推事件', key: 'rselfmenu_0_1' },
        { type: 'pic_sysphoto', name: '系统拍照发图', key: 'rselfmenu_1_0' },
      ],
    },
    {
      name: '更多',
      sub_button: [
        { type: 'location_select', name: '发送位置', key: 'rselfmenu_2_0' },
        { type: 'media_id', name: '图片', media_id: 'MEDIA_ID1' },
        { type: 'view_limited', name: '图文消息', media_id: 'MEDIA_ID2' },
        { type: 'article_id', name: '文章', article_id: 'ARTICLE_ID1' },
        { type: 'article_view_limited', name: '限', article_id: 'ARTICLE_ID2' },
      ],
    },
  ],
};

const done = { errcode: 0, errmsg: 'ok' };

/** What `menu get` and `menu current` tell of an account without a menu. */
const noMenu: Answers = {
  '/cgi-bin/menu/get': { errcode: 46003, errmsg: 'menu no exist' },
  '/cgi-bin/get_current_selfmenu_info': { is_menu_open: 0, selfmenu_info: {} },
};

function setUp(answers: Answers = {}) {
  const { api, requests: all } = createFakeWechat({ ...noMenu, ...answers });
  const clock = createFakeClock();
  const store = createMemoryStore({ now: clock.now });
  const log = createLog({ write: () => {}, now: clock.now });
  const menus = createMenus(api);
  const main = invokable(actions, () => ({
    ...{ menus, log, clock },
    publications: createPublications({
      menus,
      versions: createMenuVersions({ store, clock }),
      log,
    }),
    autoReplies: createRuleBook({ store, api, clock }),
  }));
  const invoke = (event: MenuInvocation) => main(event, { request_id: 'r' });
  return {
    invoke,
    all,
    /** What was asked of WeChat, without the look at what a publication replaces. */
    requests: () => all.filter(({ path }) => Object.hasOwn(answers, path)),
  };
}

describe('create', () => {
  test('sends a menu of every type as it is', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/menu/create': done });

    expect(await invoke({ action: 'create', payload: everyType })).toMatchObject({ ok: true });

    expect(requests()).toMatchObject([{ method: 'POST', json: everyType }]);
  });

  test('takes what get gives, with its empty sub_button lists, and leaves them out', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/menu/create': done });
    const stored = {
      button: [{ type: 'click', name: 'Song', key: 'SONG', sub_button: [] }],
    } as Menu;

    expect(await invoke({ action: 'create', payload: stored })).toMatchObject({ ok: true });

    expect(requests()[0]?.json).toEqual({ button: [{ type: 'click', name: 'Song', key: 'SONG' }] });
  });

  const leaf = { type: 'click', name: 'Song', key: 'SONG' };
  const parent = { name: 'More', sub_button: [leaf] };
  test.each<[string, object]>([
    [
      'the menu of `menu get`',
      { button: [{ ...leaf, sub_button: [] }, parent], menuid: '208379536' },
    ],
    ['the whole answer of `menu get`', { menu: { button: [leaf, parent], menuid: 208379536 } }],
    [
      'the answer of `menu current`',
      {
        is_menu_open: 1,
        selfmenu_info: { button: [leaf, { name: 'More', sub_button: { list: [leaf] } }] },
      },
    ],
  ])('takes %s back', async (_, given) => {
    const { invoke, requests } = setUp({ '/cgi-bin/menu/create': done });

    expect(await invoke({ action: 'create', payload: given as Menu })).toMatchObject({ ok: true });

    expect(requests()[0]?.json).toEqual({ button: [leaf, parent] });
  });

  test('does not take the conditional menus of `menu get` along in silence', async () => {
    const { invoke, all } = setUp();
    const given = { menu: { button: [leaf] }, conditionalmenu: [{ button: [leaf] }] };

    expect(await invoke({ action: 'create', payload: given as unknown as Menu })).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining('conditionalmenu') },
    });
    expect(all).toEqual([]);
  });

  test.each(invalidMenus)('refuses %s before any call', async (_, menu, message) => {
    const { invoke, all } = setUp();

    const outcome = await invoke({ action: 'create', payload: menu as Menu });

    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
    expect(all).toEqual([]);
  });

  test('lists everything that is wrong at once, for a person and for a program', async () => {
    const { invoke } = setUp();
    const payload = {
      button: [
        { type: 'click', name: 'One' },
        { type: 'view', name: 'A very long name', url: 'x' },
        { name: 'Two', sub_button: [] },
      ],
    } as unknown as Menu;

    const outcome = await invoke({ action: 'create', payload });

    expect(outcome).toMatchObject({
      error: {
        details: {
          issues: [
            { path: 'button[0].key', message: 'button[0] "One": key is missing' },
            { path: 'button[1].url', message: expect.stringContaining('http://') },
            { path: 'button[2].sub_button', message: expect.stringContaining('has 0 items') },
          ],
        },
      },
    });
  });
});

describe('addConditional', () => {
  test('sends the menu with its rule and gives the id', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/menu/addconditional': { menuid: 208379533 } });
    const payload = {
      ...everyType,
      matchrule: { tag_id: '2', client_platform_type: '2' },
    } as const;

    const outcome = await invoke({ action: 'addConditional', payload });

    expect(outcome).toMatchObject({ ok: true, data: { menuid: '208379533' } });
    expect(requests()).toMatchObject([{ method: 'POST', json: payload }]);
  });

  test('takes a menu as `get` gives it: with an id, numbers and empty fields in its rule', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/menu/addconditional': { menuid: 208379533 } });
    const song = { type: 'click', name: 'Song', key: 'SONG' };
    const given = {
      button: [{ ...song, sub_button: [] }],
      matchrule: { tag_id: 2, sex: '', country: '', client_platform_type: 1 },
      menuid: 208379532,
    };

    const outcome = await invoke({ action: 'addConditional', payload: given as never });

    expect(outcome).toMatchObject({ ok: true });
    const matchrule = { tag_id: '2', client_platform_type: '1' };
    expect(requests().map(({ json }) => json)).toEqual([{ button: [song], matchrule }]);
  });

  test.each(invalidConditionalMenus)('refuses %s before any call', async (_, menu, message) => {
    const { invoke, all } = setUp();

    const outcome = await invoke({ action: 'addConditional', payload: menu as never });

    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
    expect(all).toEqual([]);
  });
});

describe('the others', () => {
  test('get: no menu is an answer, any other error code an error', async () => {
    const none = setUp({ '/cgi-bin/menu/get': { errcode: 46003, errmsg: 'menu no exist' } });
    const broken = setUp({ '/cgi-bin/menu/get': { errcode: 48001, errmsg: 'api unauthorized' } });

    expect(await none.invoke({ action: 'get' })).toMatchObject({ ok: true, data: { menu: null } });
    expect(await broken.invoke({ action: 'get' })).toMatchObject({
      ok: false,
      error: { details: { endpoint: 'menu.get', errcode: 48001 } },
    });
  });

  test.each([
    [{ action: 'delete' }, 'GET', '/cgi-bin/menu/delete', done, null],
    [
      { action: 'current' },
      'GET',
      '/cgi-bin/get_current_selfmenu_info',
      { is_menu_open: 0, selfmenu_info: {} },
      { is_menu_open: 0, selfmenu_info: {} },
    ],
    [
      { action: 'deleteConditional', payload: { menuid: '1' } },
      'POST',
      '/cgi-bin/menu/delconditional',
      done,
      null,
    ],
    [
      { action: 'tryMatch', payload: { user_id: 'weixin' } },
      'POST',
      '/cgi-bin/menu/trymatch',
      { button: [] },
      { button: [] },
    ],
  ] as const)('%j', async (event, method, path, answer, data) => {
    const { invoke, requests } = setUp({ [path]: answer });

    expect(await invoke(event)).toMatchObject({ ok: true, data });

    expect(requests()).toMatchObject([{ method, path }]);
    if ('payload' in event) expect(requests()[0]?.json).toEqual(event.payload);
  });

  test.each([
    [{ action: 'deleteConditional', payload: { menuid: 'all' } }, 'menuid must be digits'],
    [{ action: 'tryMatch', payload: { user_id: '' } }, 'user_id is empty'],
    [{ action: 'create' }, 'expected {"button": […]}'],
  ])('refuses %j', async (event, message) => {
    const { invoke, all } = setUp();

    expect(await invoke(event as MenuInvocation)).toMatchObject({
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
    expect(all).toEqual([]);
  });
});

describe('diff', () => {
  const stored = (button: unknown) => ({ '/cgi-bin/menu/get': { menu: { button, menuid: 1 } } });
  const song = { type: 'click', name: 'Song', key: 'SONG' };
  const shop = { type: 'view', name: 'Shop', url: 'https://a.cn' };
  const help = { type: 'click', name: 'Help', key: 'HELP' };
  const more = (...buttons: object[]) => ({ name: 'More', sub_button: buttons });

  test.each([
    ['nothing', [song, more(shop)], [song, more(shop)], []],
    ['a new button, others pushed on', [song], [help, song], ['+ button[0] "Help": click HELP']],
    ['a button gone', [help, song], [song], ['- button[0] "Help": click HELP']],
    [
      'another address',
      [song, more(shop)],
      [song, more({ ...shop, url: 'https://b.cn' })],
      ['~ button[1].sub_button[0] "Shop": url https://a.cn → https://b.cn'],
    ],
    [
      'another name',
      [song, shop],
      [{ ...song, name: 'Music' }, shop],
      ['~ button[0] "Music": name Song → Music'],
    ],
    [
      'another type',
      [song],
      [{ ...shop, name: 'Song' }],
      ['~ button[0] "Song": type click → view, key SONG → none, url none → https://a.cn'],
    ],
    [
      'another order',
      [song, shop, help],
      [help, song, shop],
      ['> button[0] "Help" (was button[2])'],
    ],
    [
      'into a list',
      [song, more(shop)],
      [more(shop, song)],
      ['> button[0].sub_button[1] "Song" (was button[0])'],
    ],
    [
      'a list renamed',
      [more(song, shop)],
      [{ ...more(song, shop), name: 'Menu' }],
      ['~ button[0] "Menu": name More → Menu'],
    ],
    [
      'a button that becomes a list',
      [{ ...song, name: 'More' }],
      [more(shop)],
      [
        '~ button[0] "More": type click → none, key SONG → none',
        '+ button[0].sub_button[0] "Shop": view https://a.cn',
      ],
    ],
    [
      'everything',
      [song],
      [more(shop)],
      [
        '+ button[0] "More": opens a list',
        '+ button[0].sub_button[0] "Shop": view https://a.cn',
        '- button[0] "Song": click SONG',
      ],
    ],
  ])('%s', async (_, current, wanted, lines) => {
    const { invoke } = setUp(stored(current));

    const outcome = await invoke({ action: 'diff', payload: { button: wanted } as Menu });

    expect(outcome).toMatchObject({ ok: true, data: { identical: lines.length === 0, lines } });
  });

  test('is data too', async () => {
    const { invoke } = setUp(stored([shop, song]));
    const payload = { button: [shop, { ...song, key: 'NEW' }] } as Menu;

    const outcome = await invoke({ action: 'diff', payload });

    expect(outcome).toMatchObject({
      data: {
        changes: [
          {
            change: 'changed',
            at: 'button[1]',
            name: 'Song',
            fields: { key: { from: 'SONG', to: 'NEW' } },
          },
        ],
      },
    });
  });

  test("without a menu of the API, what goes is the console's", async () => {
    const { invoke, requests } = setUp({
      '/cgi-bin/menu/get': { errcode: 46003, errmsg: 'menu no exist' },
      '/cgi-bin/get_current_selfmenu_info': {
        is_menu_open: 1,
        selfmenu_info: {
          button: [
            { name: 'About', sub_button: { list: [{ type: 'text', name: 'Us', value: 'we' }] } },
          ],
        },
      },
    });

    const outcome = await invoke({ action: 'diff', payload: { button: [song] } as Menu });

    expect(outcome).toMatchObject({
      data: {
        lines: [
          '+ button[0] "Song": click SONG',
          '- button[0] "About": opens a list',
          '- button[0].sub_button[0] "Us": text we',
        ],
      },
    });
    expect(requests().every(({ method }) => method === 'GET')).toBe(true);
  });

  test('refuses an invalid menu before any call', async () => {
    const { invoke, all } = setUp();

    const outcome = await invoke({ action: 'diff', payload: { button: [] } });

    expect(outcome).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(all).toEqual([]);
  });
});

test('the tables hold at least fifty rules', () => {
  expect(invalidMenus.length + invalidConditionalMenus.length).toBeGreaterThanOrEqual(50);
});
