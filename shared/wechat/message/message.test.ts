import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedError } from '../fields.ts';
import { parseAnyXml } from '../xml-parser.ts';
import { events } from './events.ts';
import { type Message, readMessage } from './message.ts';
import { ordinaryMessages } from './ordinary.ts';

const envelope =
  '<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>1348831860</CreateTime>';

const read = (inner: string): Message => readMessage(parseAnyXml(`<xml>${envelope}${inner}</xml>`));
const event = (name: string, inner = '') =>
  read(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${inner}`);

describe('ordinary messages', () => {
  test('text, with the envelope and all raw fields', () => {
    const message = read(
      '<MsgType>text</MsgType><Content><![CDATA[this is a test]]></Content><MsgId>6272960105994287618</MsgId><New>x</New>',
    );

    expect(message).toEqual({
      type: 'text',
      openid: 'oUser',
      originalId: 'gh_1',
      createdAt: 1_348_831_860_000,
      msgId: '6272960105994287618',
      content: 'this is a test',
      raw: expect.objectContaining({ New: 'x', MsgType: 'text' }),
    });
  });

  test.each([
    ['image', '<PicUrl>u</PicUrl><MediaId>m</MediaId>', { picUrl: 'u', mediaId: 'm' }],
    [
      'voice',
      '<MediaId>m</MediaId><Format>amr</Format><MediaId16K>k</MediaId16K><Recognition></Recognition>',
      { mediaId: 'm', format: 'amr', mediaId16K: 'k' },
    ],
    ['video', '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>', { thumbMediaId: 't' }],
    ['shortvideo', '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>', { mediaId: 'm' }],
    [
      'location',
      '<Location_X>23.134</Location_X><Location_Y>-113.5</Location_Y><Scale>20</Scale><Label>L</Label>',
      { latitude: 23.134, longitude: -113.5, scale: 20, label: 'L' },
    ],
    [
      'link',
      '<Title>t</Title><Description>d</Description><Url>u</Url>',
      { title: 't', description: 'd', url: 'u' },
    ],
    ['file', '<Title>t</Title><FileTotalLen>12</FileTotalLen>', { title: 't', fileBytes: 12 }],
  ])('%s', (type, inner, expected) => {
    expect(read(`<MsgType>${type}</MsgType><MsgId>1</MsgId>${inner}`)).toMatchObject({
      type,
      ...expected,
    });
  });

  test('a type that is not known yet still arrives, with its raw fields', () => {
    expect(read('<MsgType>hologram</MsgType><MsgId>1</MsgId><Beam>on</Beam>')).toMatchObject({
      type: 'unknown',
      msgType: 'hologram',
      raw: { Beam: 'on' },
    });
  });
});

describe('events', () => {
  test.each([
    ['subscribe', '<EventKey></EventKey>', {}],
    ['subscribe', '<EventKey>qrscene_42</EventKey><Ticket>T</Ticket>', { key: '42', ticket: 'T' }],
    ['SCAN', '<EventKey>42</EventKey><Ticket>T</Ticket>', { key: '42' }],
    ['CLICK', '<EventKey>SUPPORT</EventKey>', { key: 'SUPPORT' }],
    ['VIEW', '<EventKey>https://a.b/?c=d&amp;e</EventKey><MenuId>1</MenuId>', { menuId: '1' }],
    [
      'LOCATION',
      '<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385</Precision>',
      { latitude: 23.137466, precision: 119.385 },
    ],
    [
      'scancode_waitmsg',
      '<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>2</ScanResult></ScanCodeInfo>',
      { key: 'k', scan: { type: 'qrcode', result: '2' } },
    ],
    [
      'pic_weixin',
      '<EventKey>k</EventKey><SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item></PicList></SendPicsInfo>',
      { pictures: { count: 1, items: [{ md5: 'a' }] } },
    ],
    [
      'location_select',
      '<EventKey>k</EventKey><SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Poiname></Poiname></SendLocationInfo>',
      { location: { latitude: 23, longitude: 113 } },
    ],
    [
      'TEMPLATESENDJOBFINISH',
      '<MsgID>200163836</MsgID><Status>failed: system failed</Status>',
      { msgId: '200163836', status: 'failed:system failed' },
    ],
    [
      'MASSSENDJOBFINISH',
      '<MsgID>1</MsgID><Status>send success</Status><SentCount>75</SentCount><CopyrightCheckResult><Count>0</Count><ResultList></ResultList><CheckState>1</CheckState></CopyrightCheckResult><ArticleUrlResult><Count>1</Count><ResultList><item><ArticleIdx>1</ArticleIdx><ArticleUrl>u</ArticleUrl></item></ResultList></ArticleUrlResult>',
      {
        sentCount: 75,
        copyright: { checkState: 1, articles: [] },
        articles: [{ articleIndex: 1, url: 'u' }],
      },
    ],
    [
      'PUBLISHJOBFINISH',
      '<PublishEventInfo><publish_id>22</publish_id><publish_status>2</publish_status><fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>',
      { publish: { publishId: '22', status: 2, articles: [], failedIndexes: [1, 2] } },
    ],
    [
      'subscribe_msg_popup_event',
      '<SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId>b</TemplateId></List></SubscribeMsgPopupEvent>',
      { answers: [{ templateId: 'a', status: 'accept', popupScene: 2 }, { templateId: 'b' }] },
    ],
    ['verify_expired', '<ExpiredTime>1442401156</ExpiredTime>', { expiresAt: 1_442_401_156_000 }],
    ['user_get_card', '<CardId>c</CardId><OuterStr>o</OuterStr>', { cardId: 'c', outerStr: 'o' }],
    ['debug_demo', '<debug_str>hello world</debug_str>', { debugText: 'hello world' }],
  ])('%s', (name, inner, expected) => {
    expect(event(name, inner)).toMatchObject({ type: 'event', event: name, ...expected });
  });

  test('an event that is not known yet routes by its name', () => {
    expect(event('brand_new', '<EventKey>k</EventKey>')).toMatchObject({
      type: 'event',
      event: 'unknown',
      name: 'brand_new',
      key: 'k',
    });
    expect(event('constructor')).toMatchObject({ event: 'unknown', name: 'constructor' });
  });
});

test.each([
  ['no sender', '<ToUserName>a</ToUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>'],
  ['no receiver', '<FromUserName>a</FromUserName><CreateTime>1</CreateTime><MsgType>t</MsgType>'],
  ['no time', '<FromUserName>a</FromUserName><ToUserName>a</ToUserName><MsgType>t</MsgType>'],
  ['no type', envelope],
  ['an event without a name', `${envelope}<MsgType>event</MsgType>`],
  ['a place that is nowhere', `${envelope}<MsgType>location</MsgType><Location_X>x</Location_X>`],
  ['a type that is a tree', `${envelope}<MsgType><a>text</a></MsgType>`],
])('refuses %s', (_, inner) => {
  expect(() => readMessage(parseAnyXml(`<xml>${inner}</xml>`))).toThrow(MalformedError);
});

test('reads a message or throws a MalformedError, whatever tree of fields comes', () => {
  const names = [
    ...['MsgType', 'Event', 'EventKey', 'CreateTime', 'Content', 'SendPicsInfo', 'PicList', 'item'],
    ...[
      'PublishEventInfo',
      'fail_idx',
      'ScanCodeInfo',
      'Location_X',
      'Location_Y',
      'MsgId',
      'List',
    ],
  ];
  const leaf = fc.oneof(
    fc.constantFrom('event', '1', '', ...Object.keys(events), ...Object.keys(ordinaryMessages)),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(fc.constantFrom(...names), tie('field'), { maxKeys: 6 }),
    field: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie('tree'),
      fc.array(fc.oneof({ maxDepth: 2 }, leaf, tie('tree')), { maxLength: 3 }),
    ),
  }));
  const base = { FromUserName: 'o', ToUserName: 'g', CreateTime: '1', MsgType: 'event' };

  fc.assert(
    fc.property(tree, leaf, (fields, type) => {
      try {
        const message = readMessage({ ...base, Event: type, ...(fields as object) });
        expect(message.openid).toBe('o');
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 10_000 },
  );
});

test('types narrow by type and event', () => {
  const message = event('CLICK', '<EventKey>k</EventKey>');
  if (message.type === 'event' && message.event === 'CLICK') {
    expect(message.key.length).toBe(1);
    // @ts-expect-error a click has no content
    expect(message.content).toBeUndefined();
  }
  // @ts-expect-error not every message has a media id
  expect(message.mediaId).toBeUndefined();
});
