import type { EventFields, EventName } from './events.ts';
import type { OrdinaryMessage, PushMessage } from './messages.ts';
import { ordinary } from './ordinary.ts';
import type { XmlFields } from './xml-writer.ts';

const UNIX_TIME = 1_714_112_445;

const pictures = (EventKey: string) => ({
  EventKey,
  SendPicsInfo: {
    Count: 2,
    PicList: {
      item: [
        { PicMd5Sum: '1b5f7c23b5bf75682a53e7b6d163e185' },
        { PicMd5Sum: '5a75aaca956d97be686719218f275c6b' },
      ],
    },
  },
});
const scanned = (EventKey: string) => ({
  EventKey,
  ScanCodeInfo: { ScanType: 'qrcode', ScanResult: 'https://example.com/scanned' } as const,
});
const grant = {
  OpenID: 'oSampleFollower0000000000000',
  AppID: 'wx0123456789abcdef',
  RevokeInfo: '205',
};
const verified = { ExpiredTime: UNIX_TIME };
const verifyFailed = { FailTime: UNIX_TIME, FailReason: 'by time' };
const card = { CardId: 'card-1', UserCardCode: '12312312' };
const giftOrder = { PageId: 'page-1', OrderId: 'Z2y2rY74ksZX1ceuGA' };
const audit = { audit_id: 11_111, status: 3, reason: '' };
const scannedCode = { KeyStandard: 'ean13', KeyStr: '6901234567892', ExtInfo: 'shelf-7' };

const events: { readonly [Name in EventName]: EventFields[Name] } = {
  subscribe: {},
  unsubscribe: { EventKey: '' },
  SCAN: { EventKey: 'table-7', Ticket: 'ticket-of-the-qrcode' },
  LOCATION: { Latitude: 23.137466, Longitude: 113.352425, Precision: 119.38504 },
  CLICK: { EventKey: 'SUPPORT' },
  VIEW: { EventKey: 'https://example.com/', MenuId: '207542155' },
  view_miniprogram: { EventKey: 'pages/index/index', MenuId: '207542155' },
  scancode_push: scanned('SCAN_PUSH'),
  scancode_waitmsg: scanned('SCAN_WAIT'),
  pic_sysphoto: pictures('PIC_CAMERA'),
  pic_photo_or_album: pictures('PIC_EITHER'),
  pic_weixin: pictures('PIC_ALBUM'),
  location_select: {
    EventKey: 'WHERE',
    SendLocationInfo: {
      Location_X: '23',
      Location_Y: '113',
      Scale: '15',
      Label: '广州市海珠区客村艺苑路 106号',
      Poiname: '',
    },
  },
  TEMPLATESENDJOBFINISH: { MsgID: 200_163_836, Status: 'success' },
  MASSSENDJOBFINISH: {
    MsgID: 1_000_001_625,
    Status: 'send success',
    TotalCount: 100,
    FilterCount: 80,
    SentCount: 75,
    ErrorCount: 5,
    CopyrightCheckResult: { Count: 0, ResultList: {}, CheckState: 0 },
    ArticleUrlResult: {
      Count: 1,
      ResultList: { item: [{ ArticleIdx: 1, ArticleUrl: 'https://mp.weixin.qq.com/s/sample' }] },
    },
  },
  PUBLISHJOBFINISH: {
    PublishEventInfo: {
      publish_id: 2_247_503_051,
      publish_status: 0,
      article_id: 'b5O2OUs25HBxRceL7hfReg-U9QGeq9zQjiDvy',
      article_detail: {
        count: 1,
        item: { idx: 1, article_url: 'https://mp.weixin.qq.com/s/sample' },
      },
    },
  },
  subscribe_msg_popup_event: {
    SubscribeMsgPopupEvent: {
      List: [
        { TemplateId: 'template-1', SubscribeStatusString: 'accept', PopupScene: 2 },
        { TemplateId: 'template-2', SubscribeStatusString: 'reject', PopupScene: 2 },
      ],
    },
  },
  subscribe_msg_change_event: {
    SubscribeMsgChangeEvent: {
      List: [{ TemplateId: 'template-1', SubscribeStatusString: 'reject' }],
    },
  },
  subscribe_msg_sent_event: {
    SubscribeMsgSentEvent: {
      List: [
        {
          TemplateId: 'template-1',
          MsgID: '1700827132819554304',
          ErrorCode: 0,
          ErrorStatus: 'success',
        },
      ],
    },
  },
  kf_create_session: { KfAccount: 'agent1@gh_sample' },
  kf_close_session: { KfAccount: 'agent1@gh_sample' },
  kf_switch_session: { FromKfAccount: 'agent1@gh_sample', ToKfAccount: 'agent2@gh_sample' },
  qualification_verify_success: verified,
  naming_verify_success: verified,
  annual_renew: verified,
  verify_expired: verified,
  qualification_verify_fail: verifyFailed,
  naming_verify_fail: verifyFailed,
  user_info_modified: grant,
  user_authorization_revoke: grant,
  user_authorization_cancellation: grant,
  user_enter_tempsession: { SessionFrom: 'sessionFrom' },
  card_pass_check: { CardId: card.CardId },
  card_not_pass_check: { CardId: card.CardId, RefuseReason: '非法代制' },
  user_get_card: { ...card, IsGiveByFriend: 0, FriendUserName: '', OuterId: 0 },
  user_gifting_card: { ...card, IsReturnBack: 0, FriendUserName: 'oFriend', IsChatRoom: 0 },
  user_del_card: card,
  user_consume_card: {
    ...card,
    ConsumeSource: 'FROM_API',
    LocationName: '',
    StaffOpenId: '',
    VerifyCode: '',
    RemarkAmount: '',
    OuterStr: 'counter-7',
  },
  user_pay_from_pay_cell: {
    ...card,
    TransId: '10022403432015000000000',
    LocationId: 291_710_000,
    Fee: '10000',
    OriginalFee: '10000',
  },
  user_view_card: { ...card, OuterStr: 'poster' },
  user_enter_session_from_card: card,
  update_member_card: { ...card, ModifyBonus: 3, ModifyBalance: 0 },
  card_sku_remind: { CardId: card.CardId, Detail: 'the card has fewer than 100 left' },
  card_pay_order: {
    OrderId: '404091456',
    Status: 'ORDER_STATUS_FINANCE_SUCC',
    CreateOrderTime: UNIX_TIME,
    PayFinishTime: 0,
    Desc: '',
    FreeCoinCount: '200',
    PayCoinCount: '0',
    RefundFreeCoinCount: '0',
    RefundPayCoinCount: '0',
    OrderType: 'ORDER_TYPE_SYS_ADD',
    Memo: '开通账户奖励',
    ReceiptInfo: '',
  },
  card_merchant_check_result: { MerchantId: 0, IsPass: 1, Reason: '' },
  giftcard_pay_done: giftOrder,
  giftcard_send_to_friend: { ...giftOrder, IsChatRoom: 'true', IsReturnBack: 'false' },
  giftcard_user_accept: { ...giftOrder, IsChatRoom: 'true' },
  submit_membercard_user_info: card,
  guide_qrcode_scan_event: {
    GuideScanEvent: {
      qrcode_guide_account: 'guide1',
      qrcode_guide_openid: 'oGuide',
      openid: 'oFollower',
      action: 1,
      qrcode_info: 'shop-7',
    },
  },
  user_authorize_invoice: {
    SuccOrderId: 'order-1',
    FailOrderId: '',
    AppId: 'wx0123456789abcdef',
    Source: 'web',
  },
  submit_invoice_title: {
    title: '样例公司',
    tax_no: '91440101000000000X',
    addr: '新港中路397号',
    phone: '020-00000000',
    bank_type: '样例银行',
    bank_no: '4400000000',
    attach: 'table-7',
    title_type: 'InvoiceUserTitleBusinessType',
  },
  update_invoice_status: {
    Status: 'INVOICE_REIMBURSE_LOCK',
    CardId: card.CardId,
    Code: '186921658591',
  },
  cloud_invoice_invoiceresult_event: {
    fpqqlsh: '14574d75004451097886',
    status: 1,
    nsrsbh: '91440101000000000X',
  },
  user_scan_product: {
    ...scannedCode,
    Country: '中国',
    Province: '广东',
    City: '揭阳',
    Sex: 1,
    Scene: 2,
  },
  user_scan_product_enter_session: scannedCode,
  user_scan_product_async: { ...scannedCode, RegionCode: '440105' },
  user_scan_product_verify_action: {
    KeyStandard: 'ean13',
    KeyStr: '6901234567892',
    Result: 'verify_ok',
    ReasonMsg: '',
  },
  wxa_media_check: {
    appid: 'wx0123456789abcdef',
    trace_id: '62f11967-2b24d27a-34715985',
    version: 2,
    detail: { strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 },
    errcode: 0,
    errmsg: 'ok',
    result: { suggest: 'pass', label: 100 },
  },
  poi_check_notify: { UniqId: '123adb', PoiId: '123123', Result: 'fail', Msg: 'xxxxxx' },
  WifiConnected: {
    ConnectTime: UNIX_TIME,
    ExpireTime: 0,
    VendorId: '3001224419',
    ShopId: '1234',
    DeviceNo: '00:00:5e:00:53:01',
  },
  ShakearoundUserShake: { ChosenBeacon: { Major: 12345, Minor: 54321, Distance: 0.057 } },
  merchant_order: { OrderId: 'test_order_id', OrderStatus: 2, ProductId: 'test_product_id' },
  add_store_audit_info: { ...audit, is_upgrade: 3, poiid: 12_344 },
  modify_store_audit_info: audit,
  apply_merchant_audit_info: audit,
  create_map_poi_audit_info: {
    ...audit,
    map_poi_id: '5938314494307741153',
    name: '样例茶馆',
    address: '新港中路397号',
    latitude: '23.09',
    longitude: '113.32',
    sh_remark: '',
  },
  debug_demo: { debug_str: 'hello world' },
};

/** WeChat's service for news of personal data: one sender for all followers. */
const PUSH_SERVICE = 'oPushServiceOfWeChat00000000';
/** @see https://developers.weixin.qq.com/doc/service/guide/h5/authorization_change.html */
const aboutPersonalData: ReadonlySet<string> = new Set<EventName>([
  'user_info_modified',
  'user_authorization_revoke',
  'user_authorization_cancellation',
]);

/**
 * One event of every kind about a follower, with believable fields unless told otherwise. The follower
 * sends it, or is named in `OpenID` by WeChat's push service.
 */
export function sampleEvent<Name extends EventName>(
  openid: string,
  name: Name,
  fields?: EventFields[Name],
): PushMessage {
  const own: XmlFields = fields ?? events[name];
  const sent = aboutPersonalData.has(name)
    ? { ...own, openid: PUSH_SERVICE, OpenID: openid }
    : { ...own, openid };
  // The table above pairs every name with its own fields; TypeScript cannot follow that by a key.
  return { type: 'event', Event: name, ...sent } as unknown as PushMessage;
}

/** One of everything that WeChat can push. */
export function samples(openid: string): readonly PushMessage[] {
  const messages: readonly OrdinaryMessage[] = [
    ordinary.text(openid, '你好'),
    ordinary.image(openid),
    ordinary.voice(openid),
    ordinary.video(openid),
    ordinary.shortvideo(openid),
    ordinary.location(openid),
    ordinary.link(openid, 'https://example.com/article', '标题', '描述'),
    ordinary.file(openid, 'report.pdf'),
  ];
  return [...messages, ...eventNames.map((name) => sampleEvent(openid, name))];
}

export const eventNames = Object.keys(events) as readonly EventName[];
