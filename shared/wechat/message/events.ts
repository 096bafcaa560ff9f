import {
  inside,
  list,
  maybeNumber,
  maybeText,
  maybeTime,
  number,
  numbers,
  type Reader,
  type Shape,
  text,
} from './shape.ts';

const SCENE_PREFIX = 'qrscene_';

/** The scene of the QR code that brought a new follower, without WeChat's prefix. */
const subscribeScene: Reader<string | undefined> = (fields) =>
  maybeText('EventKey')(fields)?.replace(SCENE_PREFIX, '') || undefined;

const key = { key: text('EventKey') } satisfies Shape;

const menuLink = {
  key: text('EventKey'),
  /** Which (conditional) menu was tapped. */
  menuId: maybeText('MenuId'),
} satisfies Shape;

const scan = {
  ...key,
  scan: inside('ScanCodeInfo', { type: text('ScanType'), result: text('ScanResult') }),
} satisfies Shape;

const pictures = {
  ...key,
  /** Only counted and named here: the pictures follow as image messages. */
  pictures: inside('SendPicsInfo', {
    count: maybeNumber('Count'),
    items: list('PicList.item', { md5: text('PicMd5Sum') }),
  }),
} satisfies Shape;

const verified = { expiresAt: maybeTime('ExpiredTime') } satisfies Shape;
const notVerified = {
  failedAt: maybeTime('FailTime'),
  failReason: text('FailReason'),
} satisfies Shape;

const authorization = {
  appid: text('AppID'),
  /** Whose data it is. Not always the sender. */
  userOpenid: text('OpenID'),
  userUnionid: maybeText('UnionID'),
  revokeInfo: maybeText('RevokeInfo'),
} satisfies Shape;

const card = { cardId: text('CardId'), cardCode: maybeText('UserCardCode') } satisfies Shape;

/**
 * What happens to a follower or to the account, by `Event`, spelled as WeChat spells it.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
 */
export const events = {
  subscribe: { key: subscribeScene, ticket: maybeText('Ticket') },
  unsubscribe: {},
  SCAN: { key: text('EventKey'), ticket: maybeText('Ticket') },
  LOCATION: {
    latitude: number('Latitude'),
    longitude: number('Longitude'),
    precision: maybeNumber('Precision'),
  },

  // Menu
  CLICK: key,
  VIEW: menuLink,
  view_miniprogram: menuLink,
  scancode_push: scan,
  scancode_waitmsg: scan,
  pic_sysphoto: pictures,
  pic_photo_or_album: pictures,
  pic_weixin: pictures,
  location_select: {
    ...key,
    location: inside('SendLocationInfo', {
      latitude: number('Location_X'),
      longitude: number('Location_Y'),
      scale: maybeNumber('Scale'),
      label: maybeText('Label'),
      poiName: maybeText('Poiname'),
    }),
  },

  // Results of what was sent
  TEMPLATESENDJOBFINISH: {
    msgId: text('MsgID'),
    /** `success`, `failed:user block`, `failed:system failed`: WeChat's blanks vary. */
    status: (fields) => text('Status')(fields).trim().replace(/:\s+/, ':'),
  },
  MASSSENDJOBFINISH: {
    msgId: text('MsgID'),
    /** `send success`, `send fail` or `err(number)`. */
    status: text('Status'),
    totalCount: maybeNumber('TotalCount'),
    filterCount: maybeNumber('FilterCount'),
    sentCount: maybeNumber('SentCount'),
    errorCount: maybeNumber('ErrorCount'),
    copyright: inside('CopyrightCheckResult', {
      checkState: maybeNumber('CheckState'),
      articles: list('ResultList.item', {
        articleIndex: maybeNumber('ArticleIdx'),
        userDeclareState: maybeNumber('UserDeclareState'),
        auditState: maybeNumber('AuditState'),
        originalArticleUrl: maybeText('OriginalArticleUrl'),
        originalArticleType: maybeText('OriginalArticleType'),
        canReprint: maybeNumber('CanReprint'),
        needReplaceContent: maybeNumber('NeedReplaceContent'),
        needShowReprintSource: maybeNumber('NeedShowReprintSource'),
      }),
    }),
    articles: (fields) =>
      list('ArticleUrlResult.ResultList.item', {
        articleIndex: maybeNumber('ArticleIdx'),
        url: text('ArticleUrl'),
      })(fields),
  },
  PUBLISHJOBFINISH: {
    publish: inside('PublishEventInfo', {
      publishId: text('publish_id'),
      status: maybeNumber('publish_status'),
      articleId: maybeText('article_id'),
      articles: list('article_detail.item', {
        articleIndex: maybeNumber('idx'),
        url: text('article_url'),
      }),
      failedIndexes: numbers('fail_idx'),
    }),
  },
  subscribe_msg_popup_event: {
    answers: list('SubscribeMsgPopupEvent.List', {
      templateId: text('TemplateId'),
      /** accept or reject. */
      status: text('SubscribeStatusString'),
      /** 1: a web page, 2: an article. */
      popupScene: maybeNumber('PopupScene'),
    }),
  },
  subscribe_msg_change_event: {
    answers: list('SubscribeMsgChangeEvent.List', {
      templateId: text('TemplateId'),
      status: text('SubscribeStatusString'),
    }),
  },
  subscribe_msg_sent_event: {
    results: list('SubscribeMsgSentEvent.List', {
      templateId: text('TemplateId'),
      msgId: text('MsgID'),
      errorCode: maybeNumber('ErrorCode'),
      errorStatus: text('ErrorStatus'),
    }),
  },

  // Customer service
  kf_create_session: { kfAccount: text('KfAccount') },
  kf_close_session: { kfAccount: text('KfAccount') },
  kf_switch_session: { fromKfAccount: text('FromKfAccount'), toKfAccount: text('ToKfAccount') },
  user_enter_tempsession: { sessionFrom: text('SessionFrom') },

  // Verification of the account
  qualification_verify_success: verified,
  naming_verify_success: verified,
  annual_renew: verified,
  verify_expired: verified,
  qualification_verify_fail: notVerified,
  naming_verify_fail: notVerified,

  // Personal data: refresh or delete what is kept
  user_info_modified: authorization,
  user_authorization_revoke: authorization,
  user_authorization_cancellation: authorization,

  // Cards
  card_pass_check: card,
  card_not_pass_check: { ...card, refuseReason: maybeText('RefuseReason') },
  user_get_card: {
    ...card,
    isGiveByFriend: maybeNumber('IsGiveByFriend'),
    friendOpenid: maybeText('FriendUserName'),
    outerId: maybeText('OuterId'),
    outerStr: maybeText('OuterStr'),
    oldCardCode: maybeText('OldUserCardCode'),
    isRestoreMemberCard: maybeNumber('IsRestoreMemberCard'),
    isRecommendByFriend: maybeNumber('IsRecommendByFriend'),
    unionid: maybeText('UnionId'),
  },
  user_gifting_card: card,
  user_del_card: card,
  user_consume_card: card,
  user_pay_from_pay_cell: card,
  user_view_card: card,
  user_enter_session_from_card: card,
  update_member_card: card,
  card_sku_remind: card,
  card_pay_order: card,
  submit_membercard_user_info: card,

  // Seen in traffic; their fields are in `raw`
  guide_qrcode_scan_event: {},
  user_authorize_invoice: {},
  submit_invoice_title: {},
  poi_check_notify: {},
  WifiConnected: {},
  ShakearoundUserShake: {},
  merchant_order: {},
  add_store_audit_info: {},

  /** Sent by the push debug tool of the console. */
  debug_demo: { debugText: text('debug_str') },
} satisfies Record<string, Shape>;
