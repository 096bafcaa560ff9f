import { describe, expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const click = { type: 'click', name: 'Today', key: 'TODAY' };
const view = { type: 'view', name: 'Site', url: 'https://example.com/' };
const simple = { button: [click] };

const CREATE = '/cgi-bin/menu/create';
const ADD = '/cgi-bin/menu/addconditional';
const GET = '/cgi-bin/menu/get';

describe('the default menu', () => {
  test('is read back with a list below every button, and its id as a number', async () => {
    const { post, get, lastCall } = await createContentApi();
    const menu = { button: [click, { name: 'More', sub_button: [view] }] };

    expect(await post(CREATE, menu)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({ endpoint: 'menu.create', query: {}, body: menu });
    expect(await get(GET)).toEqual({
      menu: {
        button: [
          { ...click, sub_button: [] },
          { name: 'More', sub_button: [{ ...view, sub_button: [] }] },
        ],
        menuid: expect.any(Number),
      },
    });
  });

  test('can be created from what was read back', async () => {
    const { post, get } = await createContentApi();
    await post(CREATE, { button: [click, { name: 'More', sub_button: [view] }] });
    const first = (await get(GET)) as { menu: { button: unknown } };

    expect((await post(CREATE, first.menu)).errcode).toBe(0);
    expect(((await get(GET)) as typeof first).menu.button).toEqual(first.menu.button);
  });

  test('is replaced by the next one and keeps only the fields of its types', async () => {
    const { post, get } = await createContentApi();
    await post(CREATE, { button: [click] });
    await post(CREATE, { button: [{ ...view, key: 'no', colour: 'red' }] });

    expect(await get(GET)).toMatchObject({ menu: { button: [{ ...view, sub_button: [] }] } });
    expect(JSON.stringify(await get(GET))).not.toContain('colour');
  });

  test('none: 46003, and the console knows of none', async () => {
    const { get } = await createContentApi();

    expect(await get(GET)).toEqual(refusal(46003));
    expect(await get('/cgi-bin/get_current_selfmenu_info')).toEqual({
      is_menu_open: 0,
      selfmenu_info: {},
    });
  });

  test('is deleted together with all conditional ones', async () => {
    const { post, get, call } = await createContentApi();
    await post(CREATE, simple);
    await post(ADD, { ...simple, matchrule: { tag_id: '2' } });

    expect(await get('/cgi-bin/menu/delete')).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await get(GET)).toEqual(refusal(46003));
    expect(await call('/emulator/menu')).toMatchObject({ default: null, conditional: [] });
  });

  test('every type of button', async () => {
    const { post, get, control, addMaterial, addDraft, clock } = await createContentApi();
    const image = await addMaterial('jpeg', 'a.jpg', 'image');
    const { media_id: news } = await control('/emulator/material/news', {
      articles: [{ title: 'Old', content: 'text', thumb_media_id: image }],
    });
    const { publish_id } = await post('/cgi-bin/freepublish/submit', {
      media_id: await addDraft('New'),
    });
    await clock.advance(3_000);
    const { article_id } = await post('/cgi-bin/freepublish/get', { publish_id });
    const keyed = ['scancode_push', 'scancode_waitmsg', 'pic_sysphoto'];
    const more = ['pic_photo_or_album', 'pic_weixin', 'location_select'];
    const keyButton = (type: string) => ({ type, name: type.slice(0, 10), key: type });
    const program = {
      type: 'miniprogram',
      name: 'Shop',
      url: 'http://example.com',
      appid: 'wx0123456789abcdef',
      pagepath: 'pages/index',
    };
    const menu = {
      button: [
        { name: 'One', sub_button: keyed.map(keyButton) },
        { name: 'Two', sub_button: [...more.map(keyButton), program] },
        {
          name: 'Three',
          sub_button: [
            { type: 'media_id', name: 'Picture', media_id: image },
            { type: 'view_limited', name: 'Old', media_id: news },
            { type: 'article_id', name: 'New', article_id },
            { type: 'article_view_limited', name: 'New', article_id },
          ],
        },
      ],
    };

    expect((await post(CREATE, menu)).errcode).toBe(0);
    const current = await get('/cgi-bin/get_current_selfmenu_info');
    expect(current).toMatchObject({
      is_menu_open: 1,
      selfmenu_info: {
        button: [
          { name: 'One', sub_button: { list: keyed.map(keyButton) } },
          { name: 'Two', sub_button: { list: [...more.map(keyButton), program] } },
          {
            name: 'Three',
            sub_button: {
              list: [
                { type: 'media_id', name: 'Picture', value: image },
                { type: 'view_limited', name: 'Old', value: news },
                { type: 'article_id', name: 'New', value: article_id },
                { type: 'article_view_limited', name: 'New', value: article_id },
              ],
            },
          },
        ],
      },
    });
  });

  test('one made in the console is only shown as the current one', async () => {
    const { control, get, post } = await createContentApi();
    const button = [{ type: 'text', name: 'Hello', value: 'Good day' }];
    await control('/emulator/menu', { button }, 'PUT');

    expect(await get('/cgi-bin/get_current_selfmenu_info')).toEqual({
      is_menu_open: 1,
      selfmenu_info: { button },
    });
    expect(await get(GET)).toEqual(refusal(46003));
    await post(CREATE, simple);
    expect(await get('/cgi-bin/get_current_selfmenu_info')).toMatchObject({
      selfmenu_info: { button: [click] },
    });
  });
});

describe('refused buttons', () => {
  const many = (count: number) => Array.from({ length: count }, () => click);
  const below = (button: object) => ({ button: [{ name: 'More', sub_button: [button] }] });
  const program = { type: 'miniprogram', name: 'Shop', url: 'http://example.com', pagepath: 'p' };
  const appid = 'wx0123456789abcdef';

  test.each<[string, unknown, number]>([
    ['no buttons', {}, 40016],
    ['an empty list', { button: [] }, 40016],
    ['four buttons', { button: many(4) }, 40016],
    ['six sub-buttons', { button: [{ name: 'More', sub_button: many(6) }] }, 40023],
    ['an empty list below', { button: [{ name: 'More', sub_button: [] }] }, 41007],
    ['a third level', below({ name: 'More', sub_button: [click] }), 40022],
    ['type and sub-buttons', { button: [{ ...click, sub_button: [view] }] }, 40119],
    ['no type', { button: [{ name: 'A' }] }, 40017],
    ['an unknown type', { button: [{ type: 'text', name: 'A' }] }, 40017],
    ['an unknown type below', below({ type: 'text', name: 'A' }), 40024],
    ['no name', { button: [{ ...click, name: undefined }] }, 40018],
    ['an empty name', { button: [{ ...click, name: '' }] }, 40018],
    ['a name of 16 bytes', { button: [{ ...click, name: '五个字不行a' }] }, 0],
    ['a name of 18 bytes', { button: [{ ...click, name: '六个字也不行' }] }, 40018],
    ['a name of 61 bytes below', below({ ...click, name: 'a'.repeat(61) }), 40025],
    ['no key', { button: [{ ...click, key: undefined }] }, 40019],
    ['a key of 129 bytes', { button: [{ ...click, key: 'k'.repeat(129) }] }, 40019],
    ['no key below', below({ type: 'pic_weixin', name: 'A' }), 40026],
    ['no url', { button: [{ ...view, url: '' }] }, 40020],
    ['a url of 1025 bytes', { button: [{ ...view, url: `http://a/${'u'.repeat(1_016)}` }] }, 40020],
    ['no url below', below({ type: 'view', name: 'A' }), 40027],
    ['a url without a scheme', { button: [{ ...view, url: 'example.com' }] }, 40055],
    ['a url without a scheme below', below({ ...view, url: 'weixin://a' }), 40054],
    ['no media id', { button: [{ type: 'media_id', name: 'A' }] }, 40117],
    ['no media id below', below({ type: 'view_limited', name: 'A' }), 40118],
    ['an unknown media id', { button: [{ type: 'media_id', name: 'A', media_id: 'x' }] }, 40007],
    ['an unknown article', { button: [{ type: 'article_id', name: 'A', article_id: 'x' }] }, 53600],
    ['no AppID', { button: [program] }, 40166],
    ['an AppID in capitals', { button: [{ ...program, appid: appid.toUpperCase() }] }, 40166],
    ['no page', { button: [{ ...program, appid, pagepath: '' }] }, 40165],
    ['no url of a mini program', { button: [{ ...program, appid, url: '' }] }, 40020],
    ['a number as a name', { button: [{ ...click, name: 7 }] }, 47001],
    ['an object as the list', { button: {} }, 47001],
    ['a text as a button', { button: ['A'] }, 47001],
  ])('%s', async (_name, menu, errcode) => {
    const { post, get } = await createContentApi();

    expect((await post(CREATE, menu)).errcode).toBe(errcode);
    expect((await get(GET)).errcode).toBe(errcode === 0 ? undefined : 46003);
  });

  test('view_limited takes articles only', async () => {
    const { post, addMaterial } = await createContentApi();
    const media_id = await addMaterial('png', 'a.png', 'image');

    const menu = { button: [{ type: 'view_limited', name: 'A', media_id }] };
    expect(await post(CREATE, menu)).toEqual(refusal(40121));
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ['an escape', '{"button":[{"type":"click","name":"\\u4eca","key":"k"}]}', 40033],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 40033],
    ['no JSON', '{"button":', 47001],
    ['nothing', '', 44002],
  ])('%s', async (_name, body, errcode) => {
    const { postText } = await createContentApi();

    expect(await postText(CREATE, body)).toEqual(refusal(errcode));
  });

  test('a backslash before a u is no escape when it is one itself', async () => {
    const { postText } = await createContentApi();
    const body = '{"button":[{"type":"click","name":"A","key":"\\\\u4eca"}]}';

    expect((await postText(CREATE, body)).errcode).toBe(0);
  });
});

describe('conditional menus', () => {
  const forTag = (tag_id: string, name = `Tag ${tag_id}`) => ({
    button: [{ ...click, name }],
    matchrule: { tag_id },
  });
  const tryMatch = '/cgi-bin/menu/trymatch';
  const nameOf = (answer: unknown) => (answer as { button: { name: string }[] }).button[0]?.name;

  test('are added, listed newest first, and deleted one by one', async () => {
    const { post, get, lastCall } = await createContentApi();
    await post(CREATE, simple);
    const first = await post(ADD, forTag('2'));
    expect(first).toEqual({ menuid: expect.stringMatching(/^\d+$/) });
    expect(await lastCall()).toEqual({
      endpoint: 'menu.addConditional',
      query: {},
      body: forTag('2'),
    });
    const second = await post(ADD, { ...simple, matchrule: { client_platform_type: '2' } });

    const { conditionalmenu } = await get(GET);
    expect(conditionalmenu).toEqual([
      {
        button: [{ ...click, sub_button: [] }],
        matchrule: { client_platform_type: '2' },
        menuid: Number(second.menuid),
      },
      {
        button: [{ ...click, name: 'Tag 2', sub_button: [] }],
        matchrule: { tag_id: '2' },
        menuid: Number(first.menuid),
      },
    ]);
    const del = '/cgi-bin/menu/delconditional';
    expect(await post(del, { menuid: first.menuid })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toMatchObject({ body: { menuid: first.menuid } });
    expect(await post(del, { menuid: first.menuid })).toEqual(refusal(65301));
    expect((await get(GET)).conditionalmenu).toHaveLength(1);
  });

  test('the default menu is not a conditional one', async () => {
    const { post, get } = await createContentApi();
    await post(CREATE, simple);
    const { menu } = (await get(GET)) as { menu: { menuid: number } };

    const del = '/cgi-bin/menu/delconditional';
    expect(await post(del, { menuid: menu.menuid })).toEqual(refusal(65301));
    expect(await post(del, {})).toEqual(refusal(47001));
  });

  test('the newest that fits is shown, by the last tag and the platform, else the default', async () => {
    const { post, lastCall, call } = await createContentApi();
    await post(CREATE, simple);
    await post(ADD, forTag('2', 'old'));
    await post(ADD, forTag('2', 'new'));
    await post(ADD, {
      ...forTag('100', 'iOS'),
      matchrule: { tag_id: '100', client_platform_type: '1' },
    });

    expect(nameOf(await post(tryMatch, { user_id: 'ann' }))).toBe('new');
    expect(await lastCall()).toMatchObject({ endpoint: 'menu.tryMatch', body: { user_id: 'ann' } });
    // Ben's last tag is 100, and the menu for that is for iOS only.
    expect(nameOf(await post(tryMatch, { user_id: 'oBen' }))).toBe('Today');
    await post(ADD, forTag('100', 'any'));
    expect(nameOf(await post(tryMatch, { user_id: 'oBen' }))).toBe('any');
    const { menu } = (await call('/emulator/menu?openid=oBen')) as { menu: unknown };
    expect(nameOf(menu)).toBe('any');
  });

  test.each([
    ['nobody', { user_id: 'oNobody' }, 65302],
    ['somebody who has left', { user_id: 'oCid' }, 65315],
    ['no user', {}, 41009],
    ['a number', { user_id: 1 }, 47001],
    ['without a menu', { user_id: 'oAnn' }, 46003],
  ])('tried for %s', async (_name, body, errcode) => {
    const { post } = await createContentApi();

    expect(await post(tryMatch, body)).toEqual(refusal(errcode));
  });

  test.each<[string, object, number]>([
    ['no rule', { ...simple }, 65304],
    ['an empty rule', { ...simple, matchrule: { tag_id: '', sex: '' } }, 65304],
    ['a rule on sex', { ...simple, matchrule: { tag_id: '2', sex: '1' } }, 65320],
    ['a rule on language', { ...simple, matchrule: { language: 'zh_CN' } }, 65320],
    ['a tag that is no number', { ...simple, matchrule: { tag_id: 'star' } }, 47003],
    ['an unknown platform', { ...simple, matchrule: { client_platform_type: '4' } }, 47003],
    ['a list as a tag', { ...simple, matchrule: { tag_id: ['2'] } }, 47001],
    ['no buttons', { matchrule: { tag_id: '2' } }, 65307],
    ['an empty button', { button: [{ name: 'A' }], matchrule: { tag_id: '2' } }, 65308],
    [
      'an empty list',
      { button: [{ name: 'A', sub_button: [] }], matchrule: { tag_id: '2' } },
      65308,
    ],
    ['a bad url', { button: [{ ...view, url: 'ftp://a' }], matchrule: { tag_id: '2' } }, 65317],
    [
      'a long name',
      { button: [{ ...view, name: 'x'.repeat(17) }], matchrule: { tag_id: '2' } },
      40018,
    ],
  ])('%s', async (_name, menu, errcode) => {
    const { post } = await createContentApi();
    await post(CREATE, simple);

    expect(await post(ADD, menu)).toEqual(refusal(errcode));
  });

  test('without a default menu, and in another charset', async () => {
    const { post, postText } = await createContentApi();

    expect(await post(ADD, forTag('2'))).toEqual(refusal(65303));
    expect(await postText(ADD, Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual(refusal(65318));
    expect(await postText(ADD, '{"button":"\\u4eca"}')).toEqual(refusal(40033));
  });

  test('lead to three domains together', async () => {
    const { post } = await createContentApi();
    await post(CREATE, simple);
    const to = (host: string) => ({
      button: [{ ...view, url: `https://${host}/page` }],
      matchrule: { tag_id: '2' },
    });
    for (const host of ['a.com', 'b.com', 'c.com', 'a.com']) {
      expect((await post(ADD, to(host))).errcode).toBeUndefined();
    }

    expect(await post(ADD, to('d.com'))).toEqual(refusal(65316));
  });

  test('2000 a day', async () => {
    const { post, control } = await createContentApi();
    await post(CREATE, simple);
    await control('/emulator/quota', { path: ADD, used: 2_000 });

    expect(await post(ADD, forTag('2'))).toEqual(refusal(45009));
  });
});

test('auto-replies are as the console has them', async () => {
  const { get, control, lastCall } = await createContentApi();
  const path = '/cgi-bin/get_current_autoreply_info';

  expect(await get(path)).toEqual({ is_add_friend_reply_open: 0, is_autoreply_open: 0 });
  expect(await lastCall()).toEqual({ endpoint: 'autoReply.get', query: {}, body: undefined });
  const rules = {
    is_add_friend_reply_open: 1,
    is_autoreply_open: 0,
    add_friend_autoreply_info: { type: 'text', content: 'Welcome' },
  };
  await control('/emulator/auto-reply', rules, 'PUT');
  expect(await get(path)).toEqual(rules);
});
