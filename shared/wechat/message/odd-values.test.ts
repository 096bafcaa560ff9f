import { describe, expect, test } from '@jest/globals';
import { bodyOf } from '../../../scripts/emulator/wechat/push/body.ts';
import { samples } from '../../../scripts/emulator/wechat/push/samples.ts';
import { testAccount } from '../../../scripts/testing/test-account.ts';
import { Router } from '../../account/router.ts';
import { exchange } from '../../account/talk.ts';
import type { Field, PushFields } from '../fields.ts';
import { decodePush, parsePush } from '../push-body.ts';
import { parseAnyXml } from '../xml-parser.ts';
import { eventName, type Message, readMessage } from './message.ts';

const common = { ToUserName: 'gh_1', FromUserName: 'oUser', CreateTime: 1_348_831_860 };
const envelope: ReadonlySet<string> = new Set([...Object.keys(common), 'MsgType', 'Event']);

async function pushed(fields: object): Promise<Message> {
  const body = JSON.stringify({ ...common, MsgType: 'event', ...fields });
  return readMessage(await parsePush(decodePush(Buffer.from(body))));
}

describe('JSON pushes, in the shapes that WeChat documents', () => {
  const answer = { TemplateId: 'T', SubscribeStatusString: 'accept', PopupScene: '0' };
  const answers = [{ templateId: 'T', status: 'accept', popupScene: 0 }];
  const Event = 'subscribe_msg_popup_event';

  test.each<[string, object, object]>([
    ['a list at the top', { Event, List: [answer] }, { answers }],
    ['an object at the top', { Event, List: answer }, { answers }],
    ['a list inside', { Event, SubscribeMsgPopupEvent: { List: [answer] } }, { answers }],
    ['an object inside', { Event, SubscribeMsgPopupEvent: { List: answer } }, { answers }],
    ['a list around', { Event, SubscribeMsgPopupEvent: [{ List: answer }] }, { answers }],
    ['an empty list', { Event, List: [] }, { answers: [] }],
    ['null', { Event, List: null }, { answers: [] }],
    ['a text', { Event, List: '' }, { answers: [] }],
    ['a list of nothing', { Event, List: [null, '', {}, 1, [answer]] }, { answers }],
    [
      'a change at the top',
      { Event: 'subscribe_msg_change_event', List: { TemplateId: 'T' } },
      { answers: [{ templateId: 'T' }] },
    ],
    [
      'a result at the top',
      { Event: 'subscribe_msg_sent_event', List: { TemplateId: 'T', MsgID: 1, ErrorCode: 0 } },
      { results: [{ templateId: 'T', msgId: '1', errorCode: 0 }] },
    ],
    [
      'pictures without the name item',
      { Event: 'pic_weixin', EventKey: 'k', SendPicsInfo: { PicList: [{ PicMd5Sum: 'a' }] } },
      { pictures: { items: [{ md5: 'a' }] } },
    ],
    [
      'one picture without the name item',
      { Event: 'pic_weixin', EventKey: 'k', SendPicsInfo: { PicList: { PicMd5Sum: 'a' } } },
      { pictures: { items: [{ md5: 'a' }] } },
    ],
    [
      'numbers of which some are none',
      { Event: 'PUBLISHJOBFINISH', PublishEventInfo: { fail_idx: [1, '', 'x', null, 2] } },
      { publish: { failedIndexes: [1, 2], articles: [] } },
    ],
    [
      'names with blanks, as in the sample of the page on personal data',
      { Event: 'user_authorization_revoke', ' OpenID': ' oX', ' AppID': 'wx1' },
      { userOpenid: 'oX', appid: 'wx1' },
    ],
    ...['openid', 'OpenId', 'Openid', 'OPENID'].map((name): [string, object, object] => [
      name,
      { Event: 'user_info_modified', [name]: 'oX', appId: 'wx1', UnionId: 'u' },
      { userOpenid: 'oX', appid: 'wx1', userUnionid: 'u' },
    ]),
  ])('%s', async (_, fields, read) => {
    expect(await pushed(fields)).toMatchObject(read);
  });
});

const sent = samples('oUser').map((message) =>
  parseAnyXml(
    bodyOf({ ...testAccount, mode: 'plain' }, message, {
      createTime: 1_348_831_860,
      msgId: () => '1',
    }).text,
  ),
);

const oddities: readonly (readonly [string, (field: Field) => Field | undefined])[] = [
  ['empty', () => ''],
  ['missing', () => undefined],
  ['a word', () => 'x'],
  ['a tree', () => ({ odd: 'x' })],
  ['an empty tree', () => ({})],
  ['an empty list', () => []],
  ['a list of itself', (field) => [field, field]],
  ['a list of lists', (field) => [[field], []]],
];

/** The tree with one field, at any depth, made odd; the names of the envelope stay as they are. */
function* oddOnes(
  fields: PushFields,
  odd: (field: Field) => Field | undefined,
  isTop = true,
): Generator<PushFields> {
  for (const [name, field] of Object.entries(fields)) {
    if (field === undefined || (isTop && envelope.has(name))) continue;
    yield { ...fields, [name]: odd(field) };
    if (typeof field !== 'string' && !Array.isArray(field)) {
      for (const inner of oddOnes(field as PushFields, odd, false)) {
        yield { ...fields, [name]: inner };
      }
    }
  }
}

/** Every text that a message holds, but for what WeChat sent. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name === 'raw' ? [] : texts(each)));
}

describe.each(oddities)('every push with one field that is %s', (_, odd) => {
  test.each(sent.map((fields) => [String(fields.Event ?? fields.MsgType), fields] as const))(
    '%s is read, and nothing in it is invented',
    (name, fields) => {
      for (const each of oddOnes(fields, odd)) {
        const message = readMessage(each);

        expect(message.type === 'event' ? eventName(message) : message.raw.MsgType).toBe(name);
        expect(message.raw).toBe(each);
        const given = JSON.stringify(each);
        for (const text of texts(message)) {
          if (text === '') expect(given).toContain('""');
        }
        expect(JSON.stringify(message)).not.toContain(':null');
      }
    },
  );
});

test('what lacks that which makes its kind is of no known kind, and no handler of that kind gets it', async () => {
  const tap = await pushed({ Event: 'CLICK' });
  const place = await pushed({ MsgType: 'location', Location_X: '', Location_Y: '', MsgId: 1 });

  expect(tap).toMatchObject({ event: 'unknown', name: 'CLICK' });
  expect(tap).not.toHaveProperty('key');
  expect(place).toMatchObject({ type: 'unknown', msgType: 'location', msgId: '1' });
  expect(place).not.toHaveProperty('latitude');
  const account = new Router()
    .event('CLICK', () => {
      throw new Error('This tap has no key.');
    })
    .on('location', () => {
      throw new Error('This place has no coordinates.');
    })
    .use((ctx) => ctx.reply(`a message of type ${ctx.message.type}`));
  for (const message of [tap, place]) {
    const { reply } = await exchange(account, message, {});
    expect(reply).toMatchObject({ content: `a message of type ${message.type}` });
  }
});
