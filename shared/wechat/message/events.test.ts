import { describe, expect, test } from '@jest/globals';
import { parseAnyXml } from '../xml-parser.ts';
import type { events } from './events.ts';
import { type EventName, readMessage } from './message.ts';
import type { Read } from './shape.ts';

/** What WeChat writes beside the common elements, and what a handler reads of it. */
type Row<Name extends EventName> = readonly [xml: string, read: Deep<Read<(typeof events)[Name]>>];
/** Where nothing was read, the field need not be named. */
type Deep<T> = T extends readonly (infer Item)[]
  ? readonly Deep<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Deep<T[K]> }
    : T;

const key = '<EventKey><![CDATA[k]]></EventKey>';

const scan: Row<'scancode_push'> = [
  `${key}<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>2</ScanResult></ScanCodeInfo>`,
  { key: 'k', scan: { type: 'qrcode', result: '2' } },
];
const pictures: Row<'pic_weixin'> = [
  `${key}<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>`,
  { key: 'k', pictures: { count: 2, items: [{ md5: 'a' }, { md5: 'b' }] } },
];
const session: Row<'kf_create_session'> = [
  '<KfAccount><![CDATA[one@test]]></KfAccount>',
  { kfAccount: 'one@test' },
];
const verified: Row<'annual_renew'> = [
  '<ExpiredTime>1442401156</ExpiredTime>',
  { expiresAt: 1_442_401_156_000 },
];
const notVerified: Row<'naming_verify_fail'> = [
  '<FailTime>1442401122</FailTime><FailReason><![CDATA[by time]]></FailReason>',
  { failedAt: 1_442_401_122_000, failReason: 'by time' },
];
const authorization: Row<'user_info_modified'> = [
  '<OpenID>oOther</OpenID><AppID>wx1</AppID><RevokeInfo>205</RevokeInfo>',
  { appid: 'wx1', userOpenid: 'oOther', revokeInfo: '205' },
];
const card: Row<'user_del_card'> = [
  '<CardId>c</CardId><UserCardCode>12</UserCardCode>',
  { cardId: 'c', cardCode: '12' },
];

/** An event without a row does not compile. */
const rows: { readonly [Name in EventName]: readonly Row<Name>[] } = {
  subscribe: [
    ['<EventKey></EventKey>', {}],
    ['<EventKey>qrscene_42</EventKey><Ticket>T</Ticket>', { key: '42', ticket: 'T' }],
    ['<EventKey>qrscene_</EventKey><Ticket>T</Ticket>', { ticket: 'T' }],
    ['<EventKey>42</EventKey><Ticket>T</Ticket>', { key: '42', ticket: 'T' }],
    ['<EventKey>last_trade_no_4200001</EventKey>', { lastTradeNo: '4200001' }],
    ['<EventKey>last_trade_no_</EventKey>', {}],
    ['<EventKey>some_other_way</EventKey>', {}],
  ],
  unsubscribe: [['<EventKey></EventKey>', {}]],
  SCAN: [['<EventKey>42</EventKey><Ticket>T</Ticket>', { key: '42', ticket: 'T' }]],
  LOCATION: [
    [
      '<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385</Precision>',
      { latitude: 23.137466, longitude: 113.352425, precision: 119.385 },
    ],
    ['<Latitude></Latitude><Longitude/><Precision>much</Precision>', {}],
    ['<Latitude> 23 </Latitude><Longitude>0x10</Longitude>', { latitude: 23 }],
  ],

  CLICK: [[key, { key: 'k' }]],
  VIEW: [
    [
      '<EventKey>https://a.b/?c=d&amp;e</EventKey><MenuId>1</MenuId>',
      { key: 'https://a.b/?c=d&e', menuId: '1' },
    ],
  ],
  view_miniprogram: [[`${key}<MenuId>1</MenuId>`, { key: 'k', menuId: '1' }]],
  scancode_push: [scan],
  scancode_waitmsg: [scan],
  pic_sysphoto: [pictures],
  pic_photo_or_album: [pictures],
  pic_weixin: [pictures, [key, { key: 'k', pictures: { items: [] } }]],
  location_select: [
    [
      `${key}<SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Scale>15</Scale><Label>L</Label><Poiname></Poiname></SendLocationInfo>`,
      { key: 'k', location: { latitude: 23, longitude: 113, scale: 15, label: 'L' } },
    ],
  ],

  TEMPLATESENDJOBFINISH: [
    [
      '<MsgID>200163836</MsgID><Status>failed: system failed</Status>',
      { msgId: '200163836', status: 'failed:system failed' },
    ],
  ],
  MASSSENDJOBFINISH: [
    [
      '<MsgID>1</MsgID><Status>send success</Status><TotalCount>100</TotalCount><FilterCount>80</FilterCount><SentCount>75</SentCount><ErrorCount>5</ErrorCount><CopyrightCheckResult><Count>0</Count><ResultList></ResultList><CheckState>1</CheckState></CopyrightCheckResult><ArticleUrlResult><Count>1</Count><ResultList><item><ArticleIdx>1</ArticleIdx><ArticleUrl>u</ArticleUrl></item></ResultList></ArticleUrlResult>',
      {
        msgId: '1',
        status: 'send success',
        totalCount: 100,
        filterCount: 80,
        sentCount: 75,
        errorCount: 5,
        copyright: { checkState: 1, articles: [] },
        articles: [{ articleIndex: 1, url: 'u' }],
      },
    ],
  ],
  PUBLISHJOBFINISH: [
    [
      '<PublishEventInfo><publish_id>22</publish_id><publish_status>2</publish_status><fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>',
      { publish: { publishId: '22', status: 2, articles: [], failedIndexes: [1, 2] } },
    ],
    [
      '<PublishEventInfo><publish_id>22</publish_id><publish_status>0</publish_status><article_id>a</article_id><article_detail><count>1</count><item><idx>1</idx><article_url>u</article_url></item></article_detail></PublishEventInfo>',
      {
        publish: {
          publishId: '22',
          status: 0,
          articleId: 'a',
          articles: [{ articleIndex: 1, url: 'u' }],
          failedIndexes: [],
        },
      },
    ],
  ],
  subscribe_msg_popup_event: [
    [
      '<SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId>b</TemplateId></List></SubscribeMsgPopupEvent>',
      {
        answers: [{ templateId: 'a', status: 'accept', popupScene: 2 }, { templateId: 'b' }],
      },
    ],
  ],
  subscribe_msg_change_event: [
    [
      '<SubscribeMsgChangeEvent><List><TemplateId>a</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>',
      { answers: [{ templateId: 'a', status: 'reject' }] },
    ],
  ],
  subscribe_msg_sent_event: [
    [
      '<SubscribeMsgSentEvent><List><TemplateId>a</TemplateId><MsgID>1700827132819554304</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>',
      {
        results: [
          { templateId: 'a', msgId: '1700827132819554304', errorCode: 0, errorStatus: 'success' },
        ],
      },
    ],
  ],

  kf_create_session: [session],
  kf_close_session: [session],
  kf_switch_session: [
    [
      '<FromKfAccount>one@test</FromKfAccount><ToKfAccount>two@test</ToKfAccount>',
      { fromKfAccount: 'one@test', toKfAccount: 'two@test' },
    ],
  ],
  user_enter_tempsession: [['<SessionFrom>menu</SessionFrom>', { sessionFrom: 'menu' }]],

  qualification_verify_success: [verified],
  naming_verify_success: [verified],
  annual_renew: [verified],
  verify_expired: [verified],
  qualification_verify_fail: [notVerified],
  naming_verify_fail: [notVerified],

  user_info_modified: [authorization],
  user_authorization_revoke: [authorization],
  user_authorization_cancellation: [authorization],

  card_pass_check: [card],
  card_not_pass_check: [
    [
      '<CardId>c</CardId><RefuseReason>非法代制</RefuseReason>',
      { cardId: 'c', refuseReason: '非法代制' },
    ],
  ],
  user_get_card: [
    [
      '<CardId>c</CardId><IsGiveByFriend>1</IsGiveByFriend><FriendUserName>oFriend</FriendUserName><UserCardCode>12</UserCardCode><OuterId>0</OuterId><OuterStr>o</OuterStr><OldUserCardCode>11</OldUserCardCode><IsRestoreMemberCard>0</IsRestoreMemberCard><IsRecommendByFriend>0</IsRecommendByFriend><UnionId>u</UnionId>',
      {
        cardId: 'c',
        cardCode: '12',
        isGiveByFriend: 1,
        friendOpenid: 'oFriend',
        outerId: '0',
        outerStr: 'o',
        oldCardCode: '11',
        isRestoreMemberCard: 0,
        isRecommendByFriend: 0,
        unionid: 'u',
      },
    ],
  ],
  user_gifting_card: [card],
  user_del_card: [card],
  user_consume_card: [card],
  user_pay_from_pay_cell: [card],
  user_view_card: [card],
  user_enter_session_from_card: [card],
  update_member_card: [card],
  card_sku_remind: [card],
  card_pay_order: [card],
  submit_membercard_user_info: [card],

  guide_qrcode_scan_event: [['<GuideScanEvent><a>1</a></GuideScanEvent>', {}]],
  user_authorize_invoice: [['<SuccOrderId>1</SuccOrderId>', {}]],
  submit_invoice_title: [['<title>样例公司</title>', {}]],
  poi_check_notify: [['<UniqId>123adb</UniqId>', {}]],
  WifiConnected: [['<PlaceId>1234</PlaceId>', {}]],
  ShakearoundUserShake: [['<ChosenBeacon><Major>12345</Major></ChosenBeacon>', {}]],
  merchant_order: [['<OrderId>1</OrderId>', {}]],
  add_store_audit_info: [['<audit_id>11111</audit_id>', {}]],

  debug_demo: [['<debug_str>hello world</debug_str>', { debugText: 'hello world' }]],
};

const envelope =
  '<ToUserName>gh_1</ToUserName><FromUserName>oUser</FromUserName><CreateTime>1348831860</CreateTime>';

function event(name: string, xml: string) {
  const common = `${envelope}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>`;
  return readMessage(parseAnyXml(`<xml>${common}${xml}</xml>`));
}

describe.each(Object.entries<readonly (readonly [string, object])[]>(rows))('%s', (name, cases) => {
  test.each(cases)('%s', (xml, read) => {
    expect(event(name, xml)).toEqual({
      type: 'event',
      event: name,
      openid: 'oUser',
      originalId: 'gh_1',
      createdAt: 1_348_831_860_000,
      raw: expect.objectContaining(parseAnyXml(`<xml>${xml}</xml>`)),
      ...read,
    });
  });
});

test('an event that is not known yet routes by its name', () => {
  expect(event('brand_new', key)).toMatchObject({
    type: 'event',
    event: 'unknown',
    name: 'brand_new',
    key: 'k',
  });
  expect(event('constructor', '')).toMatchObject({ event: 'unknown', name: 'constructor' });
});
