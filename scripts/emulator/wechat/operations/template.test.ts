import { describe, expect, test } from '@jest/globals';
import type { WechatApiOptions } from '../api.ts';
import { MINUTE } from '../api-fixture.ts';
import { createContentApi, refusal } from '../content-fixture.ts';

const ok = { errcode: 0, errmsg: 'ok' };
const ORDER = 'order-template';
const invalid = (key: string) => ({
  errcode: 47003,
  errmsg: expect.stringMatching(
    new RegExp(`^argument invalid! data\\.${key}\\.value invalid rid: `),
  ),
});

async function createTemplateApi(options: Partial<WechatApiOptions> = {}) {
  const api = await createContentApi(options);
  const put = (openid: string, body: object) =>
    api.call(`/emulator/followers/${openid}`, { method: 'PUT', body: JSON.stringify(body) });
  await api.control('/emulator/templates', {
    templateId: ORDER,
    title: 'Order',
    content: 'What:{{thing1.DATA}}\nWhen:{{time2.DATA}}',
  });
  const message = {
    touser: 'oAnn',
    template_id: ORDER,
    url: 'https://example.com/',
    data: { thing1: { value: 'Apples' }, time2: { value: '2026-01-01 12:00' } },
  };
  const send = (change: object = {}) =>
    api.post('/cgi-bin/message/template/send', { ...message, ...change });
  return { ...api, put, message, send };
}

describe('template messages', () => {
  test('arrive as the follower reads them, and an event tells of it', async () => {
    const { send, message, api, clock, events, lastCall } = await createTemplateApi();
    const miniprogram = { appid: 'wx1', pagepath: 'index' };
    const answer = await send({ miniprogram });

    expect(answer).toEqual({ ...ok, msgid: expect.any(Number) });
    expect(await lastCall()).toEqual({
      endpoint: 'template.send',
      query: {},
      body: { ...message, miniprogram },
    });
    expect(api.sentTo('oAnn')).toMatchObject([
      { kind: 'template', text: 'Order\nWhat:Apples\nWhen:2026-01-01 12:00' },
    ]);
    await clock.advance(999);
    expect(events).toEqual([]);
    await clock.advance(1);
    expect(events).toEqual([
      {
        openid: 'oAnn',
        type: 'event',
        Event: 'TEMPLATESENDJOBFINISH',
        MsgID: answer.msgid,
        Status: 'success',
      },
    ]);
  });

  test('one who refuses messages gets none, and the event says so', async () => {
    const { send, put, api, clock, events } = await createTemplateApi();
    await put('oAnn', { refusesMessages: true });

    expect(await send()).toMatchObject(ok);
    await clock.advance(1_000);
    expect(api.sentTo('oAnn')).toEqual([]);
    expect(events).toMatchObject([{ Status: 'failed:user block' }]);
  });

  test('the same client_msg_id sends once in ten minutes, to each', async () => {
    const { send, api, clock } = await createTemplateApi();
    const first = await send({ client_msg_id: 'A' });

    await clock.advance(10 * MINUTE - 1);
    expect(await send({ client_msg_id: 'A' })).toEqual(first);
    expect(api.sentTo('oAnn')).toHaveLength(1);
    const toBen = await send({ client_msg_id: 'A', touser: 'oBen' });
    expect(toBen.msgid).not.toBe(first.msgid);
    await clock.advance(1);
    const later = await send({ client_msg_id: 'A' });
    expect(later.msgid).not.toBe(first.msgid);
    expect(api.sentTo('oAnn')).toHaveLength(2);
  });

  test.each([
    [40003, { touser: 'oNobody' }],
    [43004, { touser: 'oCid' }],
    [43019, { touser: 'oDan' }],
    [40037, { template_id: 'none' }],
    [40039, { url: `https://example.com/${'x'.repeat(1_024)}` }],
    [40013, { miniprogram: {} }],
  ])('%i', async (errcode, change) => {
    const { send, api } = await createTemplateApi();

    expect(await send(change)).toEqual(refusal(errcode));
    expect(api.sentTo('oAnn')).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['thing1', ['字'.repeat(20)], ['字'.repeat(21), '']],
    ['number1', ['12', '-1.5'], ['1a', '1'.repeat(33)]],
    ['letter1', ['abc'], ['a1', 'a'.repeat(33)]],
    ['symbol1', ['#!'], ['a', '######']],
    ['character_string1', ['A-1'], ['单', 'a'.repeat(33)]],
    ['time1', ['15:01', '2019年10月1日 15:01', '09:00~12:00'], ['soon']],
    ['date1', ['2019年10月1日', '2019-10-01'], ['tomorrow']],
    ['amount1', ['¥100.00', '100元'], ['hundred', '12345678901']],
    ['phone_number1', ['+86-0766-66888866'], ['1'.repeat(18), 'call me']],
    ['car_number1', ['粤A8Z888挂'], ['粤A8Z888挂挂']],
    ['name1', ['张三', 'a'.repeat(20)], ['字'.repeat(11), 'a'.repeat(21)]],
    ['phrase1', ['配送中'], ['字'.repeat(6), 'ok']],
  ])('the rule of %s', async (key, good, bad) => {
    const { control, send } = await createTemplateApi();
    const content = `{{${key}.DATA}}`;
    await control('/emulator/templates', { templateId: 'T', title: 'T', content });
    const put = (value: string) => send({ template_id: 'T', data: { [key]: { value } } });

    for (const value of good) expect(await put(value)).toMatchObject(ok);
    for (const value of bad) expect(await put(value)).toEqual(invalid(key));
    expect(await send({ template_id: 'T', data: {} })).toEqual(invalid(key));
  });

  test('a test account does not check values', async () => {
    const { send } = await createTemplateApi({ switches: { testAccount: true } });

    expect(await send({ data: { thing1: { value: '字'.repeat(21) } } })).toMatchObject(ok);
  });
});

describe('templates', () => {
  test('are taken from the library, listed and deleted, 25 at most', async () => {
    const { post, get } = await createTemplateApi();
    const add = (body: object) => post('/cgi-bin/template/api_add_template', body);
    const order = { template_id_short: '10001', keyword_name_list: ['订单编号', '商品名称'] };
    const { template_id } = await add(order);

    const { template_list } = await get('/cgi-bin/template/get_all_private_template');
    expect(template_list).toContainEqual({
      template_id,
      title: '下单成功通知',
      primary_industry: 'IT科技',
      deputy_industry: 'IT软件与服务',
      content: '订单编号:{{character_string1.DATA}}\n商品名称:{{thing2.DATA}}',
      example: '订单编号:20260101001\n商品名称:苹果',
    });
    expect(await add({ template_id_short: '99' })).toEqual(refusal(40037));
    expect(await add({ ...order, keyword_name_list: ['天气'] })).toEqual(refusal(40246));
    for (let each = 2; each < 25; each += 1) expect(await add(order)).toMatchObject(ok);
    expect(await add(order)).toEqual(refusal(45026));
    const remove = () => post('/cgi-bin/template/del_private_template', { template_id });
    expect(await remove()).toEqual(ok);
    expect(await remove()).toEqual(refusal(40037));
  });

  test('the industry changes five times a month', async () => {
    const { post, get } = await createTemplateApi();
    const set = (industry_id2: string) =>
      post('/cgi-bin/template/api_set_industry', { industry_id1: '10', industry_id2 });
    for (let each = 1; each <= 5; each += 1) expect(await set('16')).toEqual(ok);

    expect(await set('16')).toEqual(refusal(43100));
    expect(await set('42')).toEqual(refusal(40097));
    expect(await get('/cgi-bin/template/get_industry')).toEqual({
      primary_industry: { first_class: '餐饮', second_class: '餐饮' },
      secondary_industry: { first_class: '教育', second_class: '培训' },
    });
  });

  test('blocked messages are listed', async () => {
    const { send, control, post, clock } = await createTemplateApi();
    const { msgid } = await send();
    await send();
    await control('/emulator/templates/blocked', { msgid });
    const list = (change: object = {}) =>
      post('/wxa/sec/queryblocktmplmsg', {
        tmpl_msg_id: ORDER,
        largest_id: 0,
        limit: 100,
        ...change,
      });

    expect(await list()).toEqual({
      ...ok,
      msginfo: [
        {
          id: msgid,
          tmpl_msg_id: ORDER,
          title: 'Order',
          content: 'What:Apples\nWhen:2026-01-01 12:00',
          send_timestamp: Math.floor(clock.now() / 1_000),
          openid: 'oAnn',
        },
      ],
    });
    expect(await list({ largest_id: msgid })).toMatchObject({ msginfo: [] });
    expect(await list({ limit: 101 })).toEqual(refusal(40097));
  });
});

describe('one-time messages', () => {
  test('need consent, which the page gives once', async () => {
    const { post, api, call, get } = await createTemplateApi();
    const visitor = { openid: 'oVisitor' };
    await call('/emulator/visitor', { method: 'PUT', body: JSON.stringify(visitor) });
    const page = {
      action: 'get_confirm',
      appid: 'wx0123456789abcdef',
      scene: '7',
      template_id: 'once',
      redirect_url: 'https://example.com/back?x=1',
    };
    const open = (change: object = {}) =>
      api.fetch(
        `https://mp.weixin.qq.com/mp/subscribemsg?${new URLSearchParams({ ...page, ...change })}`,
      );
    const message = {
      touser: 'oVisitor',
      template_id: 'once',
      scene: '7',
      title: 'Hello',
      data: { content: { value: 'World' } },
    };
    const send = (change: object = {}) =>
      post('/cgi-bin/message/template/subscribe', { ...message, ...change });

    expect(await send()).toEqual(refusal(40003));
    const back = await open();
    expect(back.status).toBe(302);
    expect(back.headers.get('location')).toBe(
      'https://example.com/back?x=1&openid=oVisitor&template_id=once&action=confirm&scene=7',
    );
    expect((await open({ scene: '10001' })).status).toBe(200);
    expect(await send({ title: '字'.repeat(16) })).toEqual(refusal(47003));
    expect(await send({ data: { content: { value: 'x'.repeat(201) } } })).toEqual(refusal(47003));
    expect(await send()).toEqual(ok);
    expect(await send()).toEqual(refusal(43101));
    expect(api.sentTo('oVisitor')).toMatchObject([{ kind: 'once', text: 'Hello\nWorld' }]);
    expect(await get('/cgi-bin/user/info', visitor)).toEqual({ subscribe: 0, ...visitor });
  });
});

describe('subscribe messages', () => {
  const added = { tid: '20001', kidList: [2, 3], sceneDesc: 'orders' };
  async function createSubscribeApi() {
    const api = await createTemplateApi();
    const { priTmplId } = await api.post('/wxaapi/newtmpl/addtemplate', added);
    const template_id = String(priTmplId);
    const data = { thing2: { value: 'Apples' }, amount3: { value: '¥5' } };
    const bizsend = (change: object = {}) =>
      api.post('/cgi-bin/message/subscribe/bizsend', {
        touser: 'oAnn',
        template_id,
        data,
        ...change,
      });
    return { ...api, template_id, bizsend };
  }

  test('need the consent that events tell of, and an event tells what became of them', async () => {
    const { bizsend, template_id, api, clock, events, control } = await createSubscribeApi();
    const List = [
      { TemplateId: template_id, SubscribeStatusString: 'accept', PopupScene: 0 },
    ] as const;
    expect(await bizsend()).toEqual(refusal(43101));
    api.followers.note({
      openid: 'oAnn',
      type: 'event',
      Event: 'subscribe_msg_popup_event',
      SubscribeMsgPopupEvent: { List },
    });

    expect(await bizsend({ page: 'https://example.com', lang: 'zh_CN' })).toEqual(ok);
    expect(await bizsend()).toEqual(refusal(43101));
    expect(api.sentTo('oAnn')).toMatchObject([
      { kind: 'subscribe', text: '下单成功通知\n商品名称:Apples\n订单金额:¥5' },
    ]);
    await clock.advance(1_000);
    expect(events).toEqual([
      {
        openid: 'oAnn',
        type: 'event',
        Event: 'subscribe_msg_sent_event',
        SubscribeMsgSentEvent: {
          List: [
            {
              TemplateId: template_id,
              MsgID: expect.any(String),
              ErrorCode: 0,
              ErrorStatus: 'success',
            },
          ],
        },
      },
    ]);

    await control('/emulator/consents', {
      openid: 'oAnn',
      templateId: template_id,
      how: 'forever',
    });
    for (let sent = 0; sent < 3; sent += 1) expect(await bizsend()).toEqual(ok);
    api.followers.note({
      openid: 'oAnn',
      type: 'event',
      Event: 'subscribe_msg_change_event',
      SubscribeMsgChangeEvent: {
        List: [{ TemplateId: template_id, SubscribeStatusString: 'reject' }],
      },
    });
    expect(await bizsend()).toEqual(refusal(43101));
  });

  test.each([
    [40003, { touser: 'oNobody' }],
    [43004, { touser: 'oCid' }],
    [40037, { template_id: 'none' }],
    [41030, { page: 'no page' }],
    [47003, { data: {} }],
  ])('%i', async (errcode, change) => {
    const { bizsend } = await createSubscribeApi();

    expect(await bizsend(change)).toEqual(refusal(errcode));
  });

  test.each([
    [200014, { tid: '1' }],
    [200020, { kidList: [1] }],
    [200020, { kidList: [1, 99] }],
    [200021, { sceneDesc: '字'.repeat(16) }],
  ])('%i when a template is taken', async (errcode, change) => {
    const { post } = await createSubscribeApi();

    expect(await post('/wxaapi/newtmpl/addtemplate', { ...added, ...change })).toEqual(
      refusal(errcode),
    );
  });

  test('the library and the own templates', async () => {
    const { get, post, template_id } = await createSubscribeApi();
    const titles = (change: Record<string, string> = {}) =>
      get('/wxaapi/newtmpl/getpubtemplatetitles', {
        ids: '612,616',
        start: '0',
        limit: '1',
        ...change,
      });

    expect(await get('/wxaapi/newtmpl/gettemplate')).toMatchObject({
      data: [{ priTmplId: template_id, title: '下单成功通知', type: 2 }],
    });
    expect(await get('/wxaapi/newtmpl/getcategory')).toMatchObject({
      data: [{ id: 612, name: '商家自营' }, { id: 616 }],
    });
    expect(await titles()).toEqual({
      ...ok,
      count: 2,
      data: [{ tid: 20001, title: '下单成功通知', type: 2, categoryId: '612' }],
    });
    expect(await titles({ ids: '' })).toEqual(refusal(200018));
    expect(await titles({ ids: 'x' })).toEqual(refusal(200019));
    expect(await titles({ start: '' })).toEqual(refusal(200016));
    expect(await titles({ limit: '31' })).toEqual(refusal(200017));
    expect(await get('/wxaapi/newtmpl/getpubtemplatekeywords', { tid: '20002' })).toEqual({
      ...ok,
      data: expect.arrayContaining([
        { kid: 1, name: '预约项目', example: '洗车', rule: 'thing' },
        { kid: 5, name: '排队人数', example: expect.any(String), rule: 'number' },
      ]),
    });
    expect(await get('/wxaapi/newtmpl/getpubtemplatekeywords', { tid: '1' })).toEqual(
      refusal(200014),
    );
    for (let each = 1; each < 25; each += 1) await post('/wxaapi/newtmpl/addtemplate', added);
    expect(await post('/wxaapi/newtmpl/addtemplate', added)).toEqual(refusal(200012));
    const remove = () => post('/wxaapi/newtmpl/deltemplate', { priTmplId: template_id });
    expect(await remove()).toEqual(ok);
    expect(await remove()).toEqual(refusal(40037));
  });
});
