import { describe, expect, test } from '@jest/globals';
import type { WechatApiOptions } from '../api.ts';
import { HOUR, MINUTE } from '../api-fixture.ts';
import { createContentApi, refusal } from '../content-fixture.ts';
import { ordinary } from '../push/ordinary.ts';

const SEND = '/cgi-bin/message/custom/send';
const TYPING = '/cgi-bin/message/custom/typing';
const ok = { errcode: 0, errmsg: 'ok' };

async function createChat(options: Partial<WechatApiOptions> = {}) {
  const api = await createContentApi(options);
  const { note } = api.api.followers;
  // Tokens do not live as long as windows do.
  const send = async (change: object = {}) =>
    api.control(`${SEND}?${await api.tokenQuery()}`, {
      touser: 'oAnn',
      msgtype: 'text',
      text: { content: 'Hi' },
      ...change,
    });
  const errcode = async (change: object = {}) => (await send(change)).errcode;
  const typing = (command: string, touser = 'oAnn') => api.post(TYPING, { touser, command });
  return { ...api, note, send, errcode, typing };
}

describe('when the account may write', () => {
  test('five messages within 48 hours after a message; the next one opens them anew', async () => {
    const { note, errcode, clock } = await createChat();
    expect(await errcode()).toBe(45015);
    note(ordinary.text('oAnn', 'hello'));

    for (let sent = 0; sent < 5; sent += 1) expect(await errcode()).toBe(0);
    expect(await errcode()).toBe(45047);
    note(ordinary.text('oAnn', 'again'));
    expect(await errcode()).toBe(0);
    await clock.advance(48 * HOUR - 1);
    expect(await errcode()).toBe(0);
    await clock.advance(1);
    expect(await errcode()).toBe(45015);
  });

  test.each([
    ['a tap', { type: 'event', Event: 'CLICK', EventKey: 'A' }],
    [
      'a scan of the menu',
      {
        type: 'event',
        Event: 'scancode_push',
        EventKey: 'A',
        ScanCodeInfo: { ScanType: 'qrcode', ScanResult: '1' },
      },
    ],
    ['following', { type: 'event', Event: 'subscribe' }],
    ['a scan', { type: 'event', Event: 'SCAN', EventKey: '1', Ticket: 'T' }],
  ] as const)('three messages within a minute after %s', async (_name, event) => {
    const { note, errcode, clock } = await createChat();
    note({ openid: 'oAnn', ...event });

    for (let sent = 0; sent < 3; sent += 1) expect(await errcode()).toBe(0);
    expect(await errcode()).toBe(45047);
    await clock.advance(MINUTE);
    expect(await errcode()).toBe(45015);
  });

  test('a link of the menu allows nothing', async () => {
    const { note, errcode } = await createChat();
    note({ openid: 'oAnn', type: 'event', Event: 'VIEW', EventKey: 'https://example.com' });

    expect(await errcode()).toBe(45015);
  });

  test('windows add up, and the one that ends first is used first', async () => {
    const { note, errcode, clock } = await createChat();
    note(ordinary.text('oAnn', 'hello'));
    note({ openid: 'oAnn', type: 'event', Event: 'CLICK', EventKey: 'A' });

    for (let sent = 0; sent < 3; sent += 1) expect(await errcode()).toBe(0);
    await clock.advance(MINUTE);
    for (let sent = 0; sent < 5; sent += 1) expect(await errcode()).toBe(0);
    expect(await errcode()).toBe(45047);
  });

  test('a switch lets allowances of one kind add up as well', async () => {
    const { note, errcode } = await createChat({ switches: { customAllowance: 'accumulated' } });
    note(ordinary.text('oAnn', '1'));
    note(ordinary.text('oAnn', '2'));

    for (let sent = 0; sent < 10; sent += 1) expect(await errcode()).toBe(0);
    expect(await errcode()).toBe(45047);
  });

  test('who has left, never came, is blocked or refuses gets nothing', async () => {
    const { note, errcode, control, call } = await createChat();
    for (const openid of ['oAnn', 'oBen', 'oDan']) note(ordinary.text(openid, 'hello'));
    note({ openid: 'oAnn', type: 'event', Event: 'unsubscribe' });
    const put = (openid: string, body: object) =>
      call(`/emulator/followers/${openid}`, { method: 'PUT', body: JSON.stringify(body) });
    await put('oBen', { refusesMessages: true });
    await put('oVisitor', {});
    await control('/emulator/clock', { advanceMs: 1 });

    expect(await errcode()).toBe(45015);
    expect(await errcode({ touser: 'oBen' })).toBe(48002);
    expect(await errcode({ touser: 'oDan' })).toBe(43019);
    expect(await errcode({ touser: 'oVisitor' })).toBe(43004);
    expect(await errcode({ touser: 'oNobody' })).toBe(40003);
    expect(await errcode({ touser: undefined })).toBe(41009);
  });
});

describe('what the account may write', () => {
  const article = { title: 'T', description: 'D', url: 'http://a.cn', picurl: 'http://a.cn/1' };

  test('every type, shown to whoever listens, field by field', async () => {
    const heard: unknown[] = [];
    const { note, send, addMedia, api, lastCall } = await createChat({
      onSend: ({ openid, kind, message }) => heard.push({ openid, kind, message }),
    });
    const media_id = await addMedia('jpeg', 'a.jpg', 'image');
    const thumb_media_id = media_id;
    const program = { title: 'P', appid: 'wx1', pagepath: 'p', thumb_media_id };
    const messages = [
      { msgtype: 'text', text: { content: '你好' }, aimsgcontext: { is_ai_msg: 1 } },
      { msgtype: 'image', image: { media_id } },
      { msgtype: 'voice', voice: { media_id } },
      { msgtype: 'video', video: { media_id, thumb_media_id, title: 'V' } },
      { msgtype: 'music', music: { musicurl: 'http://m', hqmusicurl: 'http://m', thumb_media_id } },
      { msgtype: 'news', news: { articles: [article] } },
      { msgtype: 'mpnews', mpnews: { media_id } },
      { msgtype: 'mpnewsarticle', mpnewsarticle: { article_id: 'A' } },
      { msgtype: 'msgmenu', msgmenu: { list: [{ id: '1', content: 'Good' }] } },
      { msgtype: 'wxcard', wxcard: { card_id: 'C' } },
      { msgtype: 'miniprogrampage', miniprogrampage: program },
    ].map((message) => ({ touser: 'oAnn', ...message }));

    for (const { msgtype, ...rest } of messages) {
      note(ordinary.text('oAnn', 'go on'));
      expect(await send({ msgtype, text: undefined, ...rest })).toEqual(ok);
      const { endpoint, body } = await lastCall();
      expect({ endpoint, body }).toEqual({
        endpoint: 'customerService.send',
        body: { msgtype, ...rest },
      });
    }
    expect(heard).toEqual(messages.map((message) => ({ openid: 'oAnn', kind: 'custom', message })));
    expect(api.sentTo('oAnn').map(({ message }) => message)).toEqual(messages);
    expect(api.sentTo('oBen')).toEqual([]);
  });

  test.each([
    [40008, { msgtype: 'poem' }],
    [45050, { msgtype: 'link', link: { title: 'T', url: 'http://a.cn' } }],
    [44004, { text: { content: '' } }],
    [45002, { text: { content: '字'.repeat(683) } }],
    [40007, { msgtype: 'image', image: { media_id: 'unknown' } }],
    [40007, { msgtype: 'voice' }],
    [44003, { msgtype: 'news', news: { articles: [] } }],
    [45008, { msgtype: 'news', news: { articles: [article, article] } }],
    [45003, { msgtype: 'news', news: { articles: [{ ...article, title: '' }] } }],
    [53600, { msgtype: 'mpnewsarticle', mpnewsarticle: {} }],
    [45098, { msgtype: 'msgmenu', msgmenu: { list: [] } }],
    [45099, { msgtype: 'msgmenu', msgmenu: { list: [{ id: '1' }] } }],
    [40097, { msgtype: 'wxcard', wxcard: {} }],
    [40166, { msgtype: 'miniprogrampage', miniprogrampage: {} }],
    [40165, { msgtype: 'miniprogrampage', miniprogrampage: { appid: 'wx1' } }],
    [65401, { customservice: { kf_account: 'nobody@account' } }],
  ])('%i, and nothing is sent', async (errcode, change) => {
    const { note, send, api } = await createChat();
    note(ordinary.text('oAnn', 'hello'));

    expect(await send(change)).toEqual(refusal(errcode));
    expect(api.sentTo('oAnn')).toEqual([]);
  });
});

describe('typing', () => {
  test('needs a word within 30 seconds, and lasts 15', async () => {
    const { note, typing, clock } = await createChat();
    expect(await typing('Typing')).toEqual(refusal(45080));
    note(ordinary.text('oAnn', 'hello'));

    expect(await typing('Dancing')).toEqual(refusal(45072));
    expect(await typing('Typing')).toEqual(ok);
    expect(await typing('Typing')).toEqual(refusal(45081));
    expect(await typing('CancelTyping')).toEqual(ok);
    expect(await typing('Typing')).toEqual(ok);
    await clock.advance(15_000);
    expect(await typing('Typing')).toEqual(ok);
    await clock.advance(15_001);
    expect(await typing('Typing')).toEqual(refusal(45080));
    expect(await typing('Typing', 'oNobody')).toEqual(refusal(40003));
  });
});
