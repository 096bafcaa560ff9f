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

const audit: Row<'modify_store_audit_info'> = [
  '<audit_id>11111</audit_id><status>3</status><reason>r</reason>',
  { auditId: '11111', status: 3, reason: 'r' },
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
  user_gifting_card: [
    [
      '<CardId>c</CardId><UserCardCode>12</UserCardCode><IsReturnBack>0</IsReturnBack><FriendUserName>oFriend</FriendUserName><IsChatRoom>1</IsChatRoom>',
      {
        cardId: 'c',
        cardCode: '12',
        isReturnBack: false,
        friendOpenid: 'oFriend',
        isChatRoom: true,
      },
    ],
  ],
  user_del_card: [card],
  user_consume_card: [
    [
      '<CardId>c</CardId><UserCardCode>12</UserCardCode><ConsumeSource>FROM_MOBILE_HELPER</ConsumeSource><LocationName>一号店</LocationName><StaffOpenId>oStaff</StaffOpenId><VerifyCode>1234</VerifyCode><RemarkAmount>10</RemarkAmount><OuterStr>o</OuterStr>',
      {
        cardId: 'c',
        cardCode: '12',
        consumeSource: 'FROM_MOBILE_HELPER',
        locationName: '一号店',
        staffOpenid: 'oStaff',
        verifyCode: '1234',
        remarkAmount: '10',
        outerStr: 'o',
      },
    ],
  ],
  user_pay_from_pay_cell: [
    [
      '<CardId>c</CardId><UserCardCode>12</UserCardCode><TransId>10022403432015000000000</TransId><LocationId>291710000</LocationId><Fee><![CDATA[10000]]></Fee><OriginalFee><![CDATA[12000]]> </OriginalFee>',
      {
        cardId: 'c',
        cardCode: '12',
        transactionId: '10022403432015000000000',
        locationId: '291710000',
        fee: 10_000,
        originalFee: 12_000,
      },
    ],
  ],
  user_view_card: [
    [
      '<CardId>c</CardId><UserCardCode></UserCardCode><OuterStr>poster</OuterStr>',
      { cardId: 'c', outerStr: 'poster' },
    ],
  ],
  user_enter_session_from_card: [card],
  update_member_card: [
    [
      '<CardId>c</CardId><UserCardCode>12</UserCardCode><ModifyBonus>3</ModifyBonus><ModifyBalance>-1</ModifyBalance>',
      { cardId: 'c', cardCode: '12', modifyBonus: 3, modifyBalance: -1 },
    ],
  ],
  card_sku_remind: [
    [
      '<CardId>c</CardId><Detail><![CDATA[the quantity is 0]]></Detail>',
      { cardId: 'c', detail: 'the quantity is 0' },
    ],
  ],
  card_pay_order: [
    [
      '<OrderId>404091456</OrderId><Status>ORDER_STATUS_FINANCE_SUCC</Status><CreateOrderTime>1453295737</CreateOrderTime><PayFinishTime>0</PayFinishTime><Desc></Desc><FreeCoinCount>200</FreeCoinCount><PayCoinCount>0</PayCoinCount><RefundFreeCoinCount>0</RefundFreeCoinCount><RefundPayCoinCount>0</RefundPayCoinCount><OrderType>ORDER_TYPE_SYS_ADD</OrderType><Memo>开通账户奖励</Memo><ReceiptInfo></ReceiptInfo>',
      {
        orderId: '404091456',
        status: 'ORDER_STATUS_FINANCE_SUCC',
        orderedAt: 1_453_295_737_000,
        freeCoinCount: 200,
        payCoinCount: 0,
        refundFreeCoinCount: 0,
        refundPayCoinCount: 0,
        orderType: 'ORDER_TYPE_SYS_ADD',
        memo: '开通账户奖励',
      },
    ],
  ],
  submit_membercard_user_info: [card],
  card_merchant_check_result: [
    [
      '<MerchantId>7</MerchantId><IsPass>1</IsPass><Reason>r</Reason>',
      { merchantId: '7', isPass: true, reason: 'r' },
    ],
  ],
  giftcard_pay_done: [
    ['<PageId>p=</PageId><OrderId>Z2</OrderId>', { pageId: 'p=', orderId: 'Z2' }],
  ],
  giftcard_send_to_friend: [
    [
      '<PageId>p=</PageId><OrderId>Z2</OrderId><IsChatRoom>true</IsChatRoom><IsReturnBack>false</IsReturnBack>',
      { pageId: 'p=', orderId: 'Z2', isChatRoom: true, isReturnBack: false },
    ],
  ],
  giftcard_user_accept: [
    [
      '<PageId>p=</PageId><OrderId>Z2</OrderId><IsChatRoom>true</IsChatRoom>',
      { pageId: 'p=', orderId: 'Z2', isChatRoom: true },
    ],
  ],

  user_authorize_invoice: [
    [
      '<SuccOrderId>1202933957956</SuccOrderId><FailOrderId></FailOrderId><AppId>wx1</AppId><Source>web</Source>',
      { succeededOrderId: '1202933957956', appid: 'wx1', source: 'web' },
    ],
  ],
  submit_invoice_title: [
    [
      '<title>样例公司</title><phone>13000000000</phone><tax_no>1486715661</tax_no><addr>a</addr><bank_type>bt</bank_type><bank_no>bn</bank_no><attach>at</attach><title_type>InvoiceUserTitleBusinessType</title_type>',
      {
        title: '样例公司',
        phone: '13000000000',
        taxNo: '1486715661',
        address: 'a',
        bankType: 'bt',
        bankNo: 'bn',
        attach: 'at',
        titleType: 'InvoiceUserTitleBusinessType',
      },
    ],
  ],
  update_invoice_status: [
    [
      '<Status>INVOICE_REIMBURSE_INIT</Status><CardId>c</CardId><Code>186921658591</Code>',
      { status: 'INVOICE_REIMBURSE_INIT', cardId: 'c', cardCode: '186921658591' },
    ],
  ],
  cloud_invoice_invoiceresult_event: [
    [
      '<fpqqlsh>14574d75004451097886</fpqqlsh><status>100</status><nsrsbh>150001197205134629</nsrsbh>',
      { requestNo: '14574d75004451097886', status: 100, taxpayerNo: '150001197205134629' },
    ],
  ],
  poi_check_notify: [
    [
      '<UniqId>123adb</UniqId><PoiId>123123</PoiId><Result>fail</Result><msg>xxxxxx</msg>',
      { uniqId: '123adb', poiId: '123123', result: 'fail', reason: 'xxxxxx' },
    ],
    ['<UniqId>1</UniqId><Msg>x</Msg>', { uniqId: '1', reason: 'x' }],
  ],
  apply_merchant_audit_info: [audit],
  modify_store_audit_info: [audit],
  add_store_audit_info: [
    [
      '<audit_id>11111</audit_id><status>3</status><reason>r</reason><is_upgrade>3</is_upgrade><poiid>12344</poiid>',
      { auditId: '11111', status: 3, reason: 'r', isUpgrade: 3, poiId: '12344' },
    ],
  ],
  create_map_poi_audit_info: [
    [
      '<audit_id>11111</audit_id><status>1</status><map_poi_id>m</map_poi_id><name>n</name><address>a</address><latitude>34</latitude><longitude>130.5</longitude><sh_remark>s</sh_remark>',
      {
        auditId: '11111',
        status: 1,
        mapPoiId: 'm',
        name: 'n',
        address: 'a',
        latitude: 34,
        longitude: 130.5,
        remark: 's',
      },
    ],
  ],
  user_scan_product: [
    [
      '<KeyStandard>ean13</KeyStandard><KeyStr>6901481811083</KeyStr><Country>中国</Country><Province>广东</Province><City>揭阳</City><Sex>1</Sex><Scene>2</Scene><ExtInfo>123</ExtInfo>',
      {
        keyStandard: 'ean13',
        keyText: '6901481811083',
        extInfo: '123',
        country: '中国',
        province: '广东',
        city: '揭阳',
        sex: 1,
        scene: 2,
      },
    ],
  ],
  user_scan_product_enter_session: [
    [
      '<KeyStandard>ean13</KeyStandard><KeyStr>6954767461373</KeyStr><ExtInfo></ExtInfo>',
      { keyStandard: 'ean13', keyText: '6954767461373' },
    ],
  ],
  user_scan_product_async: [
    [
      '<KeyStandard>qrcode</KeyStandard><KeyStr>k</KeyStr><ExtInfo>123</ExtInfo><RegionCode>440105</RegionCode>',
      { keyStandard: 'qrcode', keyText: 'k', extInfo: '123', regionCode: '440105' },
    ],
  ],
  user_scan_product_verify_action: [
    [
      '<KeyStandard>ean13</KeyStandard><KeyStr>k</KeyStr><Result>verify_not_pass</Result><ReasonMsg>r</ReasonMsg>',
      { keyStandard: 'ean13', keyText: 'k', result: 'verify_not_pass', reason: 'r' },
    ],
  ],
  merchant_order: [
    [
      '<OrderId>1</OrderId><OrderStatus>2</OrderStatus><ProductId>p</ProductId><SkuInfo>10001:1000012</SkuInfo>',
      { orderId: '1', orderStatus: 2, productId: 'p', skuInfo: '10001:1000012' },
    ],
  ],
  wxa_media_check: [
    [
      '<appid>wx1</appid><trace_id>t</trace_id><version>2</version><detail><strategy>content_model</strategy><errcode>0</errcode><suggest>risky</suggest><label>20001</label><prob>90</prob></detail><errcode>0</errcode><errmsg>ok</errmsg><result><suggest>risky</suggest><label>20001</label></result>',
      {
        appid: 'wx1',
        traceId: 't',
        version: 2,
        errcode: 0,
        errmsg: 'ok',
        result: { suggest: 'risky', label: 20_001 },
        details: [
          {
            strategy: 'content_model',
            errcode: 0,
            suggest: 'risky',
            label: 20_001,
            probability: 90,
          },
        ],
      },
    ],
    [
      '<isrisky>1</isrisky><status_code>0</status_code><trace_id>t</trace_id>',
      { traceId: 't', isRisky: 1, statusCode: 0, result: {}, details: [] },
    ],
  ],

  guide_qrcode_scan_event: [
    [
      '<GuideScanEvent><qrcode_guide_account>guide1</qrcode_guide_account><qrcode_guide_openid>oGuide</qrcode_guide_openid><openid>oUser</openid><action>1</action><qrcode_info>shop-7</qrcode_info></GuideScanEvent>',
      {
        scan: {
          guideAccount: 'guide1',
          guideOpenid: 'oGuide',
          userOpenid: 'oUser',
          action: 1,
          qrcodeInfo: 'shop-7',
        },
      },
    ],
    ['', { scan: {} }],
  ],
  WifiConnected: [
    [
      '<ConnectTime>1348831860</ConnectTime><ShopId>1234</ShopId><DeviceNo>00:00:5e:00:53:01</DeviceNo>',
      { connectedAt: 1_348_831_860_000, shopId: '1234', deviceNo: '00:00:5e:00:53:01' },
    ],
    ['<ConnectTime>0</ConnectTime><PlaceId>1234</PlaceId>', { shopId: '1234' }],
  ],
  ShakearoundUserShake: [
    [
      '<ChosenBeacon><Uuid>u</Uuid><Major>12345</Major><Minor>54321</Minor><Distance>0.057</Distance></ChosenBeacon>' +
        '<AroundBeacons><AroundBeacon><Major>1</Major></AroundBeacon><AroundBeacon><Major>2</Major></AroundBeacon></AroundBeacons>',
      {
        chosenBeacon: { uuid: 'u', major: 12_345, minor: 54_321, distance: 0.057 },
        aroundBeacons: [{ major: 1 }, { major: 2 }],
      },
    ],
    ['<ChosenBeacon/>', { chosenBeacon: {}, aroundBeacons: [] }],
  ],

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

test('the other name of the event after publishing is read as the documented one', () => {
  const said = '<PublishEventInfo><publish_id>22</publish_id></PublishEventInfo>';

  expect(event('FREEPUBLISHJOBFINISH', said)).toMatchObject({
    event: 'PUBLISHJOBFINISH',
    publish: { publishId: '22' },
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
