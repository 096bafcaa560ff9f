import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { samples } from '../../../scripts/emulator/wechat/push/samples.ts';
import { expectSame } from '../../../scripts/testing/expect-same.ts';
import { MalformedError } from '../fields.ts';
import { parseAnyXml } from '../xml-parser.ts';
import { events } from './events.ts';
import { type Message, type OrdinaryType, readMessage } from './message.ts';
import { ordinaryMessages } from './ordinary.ts';
import type { Read } from './shape.ts';

const envelope =
  '<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>1348831860</CreateTime>';

const read = (inner: string): Message => readMessage(parseAnyXml(`<xml>${envelope}${inner}</xml>`));
/** A type of message without a row does not compile. */
const rows: {
  readonly [Type in OrdinaryType]: readonly [
    xml: string,
    read: Partial<Read<(typeof ordinaryMessages)[Type]>>,
  ];
} = {
  text: [
    '<Content>满意</Content><bizmsgmenuid>101</bizmsgmenuid>',
    { content: '满意', menuItemId: '101' },
  ],
  image: ['<PicUrl>u</PicUrl><MediaId>m</MediaId>', { picUrl: 'u', mediaId: 'm' }],
  voice: [
    '<MediaId>m</MediaId><Format>amr</Format><MediaId16K>k</MediaId16K><Recognition></Recognition>',
    { mediaId: 'm', format: 'amr', mediaId16K: 'k' },
  ],
  video: [
    '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>',
    { mediaId: 'm', thumbMediaId: 't' },
  ],
  shortvideo: [
    '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>',
    { mediaId: 'm', thumbMediaId: 't' },
  ],
  location: [
    '<Location_X>23.134</Location_X><Location_Y>-113.5</Location_Y><Scale>20</Scale><Label>L</Label>',
    { latitude: 23.134, longitude: -113.5, scale: 20, label: 'L' },
  ],
  link: [
    '<Title>t</Title><Description>d</Description><Url>u</Url>',
    { title: 't', description: 'd', url: 'u' },
  ],
  file: [
    '<Title>t</Title><Description>d</Description><FileKey>k</FileKey><FileMd5>5</FileMd5><FileTotalLen>12</FileTotalLen>',
    { title: 't', description: 'd', fileKey: 'k', fileMd5: '5', fileBytes: 12 },
  ],
};

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

  test.each(Object.entries(rows))('%s', (type, [inner, expected]) => {
    expect(read(`<MsgType>${type}</MsgType><MsgId>1</MsgId>${inner}`)).toEqual({
      type,
      openid: 'oUser',
      originalId: 'gh_1',
      createdAt: 1_348_831_860_000,
      msgId: '1',
      raw: expect.objectContaining({ MsgType: type }),
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

test('the emulated WeChat pushes each type and each event that has a name here, and no other', () => {
  const pushed = samples('o').map((said) => (said.type === 'event' ? said.Event : said.type));

  expect(pushed.toSorted()).toEqual(
    [...Object.keys(ordinaryMessages), ...Object.keys(events)].toSorted(),
  );
});

test.each([
  ['no sender', '<ToUserName>a</ToUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>'],
  ['no receiver', '<FromUserName>a</FromUserName><CreateTime>1</CreateTime><MsgType>t</MsgType>'],
  ['no time', '<FromUserName>a</FromUserName><ToUserName>a</ToUserName><MsgType>t</MsgType>'],
  ['no type', envelope],
  ['an event without a name', `${envelope}<MsgType>event</MsgType>`],
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
        expectSame(message.openid, 'o');
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
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
