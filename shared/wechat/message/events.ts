import { cardEvents } from './card-events.ts';
import { commerceEvents } from './commerce-events.ts';
import {
  inside,
  list,
  maybeId,
  maybeNumber,
  maybeText,
  maybeTime,
  numbers,
  type Reader,
  type Shape,
  text,
} from './shape.ts';

const SCENE_PREFIX = 'qrscene_';
const TRADE_PREFIX = 'last_trade_no_';

/** The scene of the QR code that brought a new follower, without WeChat's prefix. */
const subscribeScene: Reader<string | undefined> = (fields) => {
  const key = maybeText('EventKey')(fields);
  if (key?.startsWith(SCENE_PREFIX)) return key.slice(SCENE_PREFIX.length) || undefined;
  // Only a scan of a QR code has a ticket; other ways to an account have keys of other kinds.
  return maybeText('Ticket')(fields) && key;
};

/** The payment after which someone followed. */
const lastTradeNo: Reader<string | undefined> = (fields) => {
  const key = maybeText('EventKey')(fields);
  return key?.startsWith(TRADE_PREFIX) ? key.slice(TRADE_PREFIX.length) || undefined : undefined;
};

const key = { key: text('EventKey') } satisfies Shape;

const menuLink = {
  key: text('EventKey'),
  /** Which (conditional) menu was tapped. */
  menuId: maybeText('MenuId'),
} satisfies Shape;

const scan = {
  ...key,
  scan: inside('ScanCodeInfo', { type: maybeText('ScanType'), result: maybeText('ScanResult') }),
} satisfies Shape;

const pictures = {
  ...key,
  /** Only counted and named here: the pictures follow as image messages. */
  pictures: inside('SendPicsInfo', {
    count: maybeNumber('Count'),
    items: list('PicList.item', { md5: maybeText('PicMd5Sum') }),
  }),
} satisfies Shape;

const verified = { expiresAt: maybeTime('ExpiredTime') } satisfies Shape;
const notVerified = {
  failedAt: maybeTime('FailTime'),
  failReason: maybeText('FailReason'),
} satisfies Shape;

const authorization = {
  appid: maybeId('AppID'),
  /** Whose data it is. The sender is WeChat's push service. */
  userOpenid: maybeId('OpenID'),
  userUnionid: maybeId('UnionID'),
  revokeInfo: maybeText('RevokeInfo'),
} satisfies Shape;

/**
 * What happens to a follower or to the account, by `Event`, spelled as WeChat spells it.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
 */
export const events = {
  subscribe: { key: subscribeScene, ticket: maybeText('Ticket'), lastTradeNo },
  unsubscribe: {},
  SCAN: { key: text('EventKey'), ticket: maybeText('Ticket') },
  LOCATION: {
    latitude: maybeNumber('Latitude'),
    longitude: maybeNumber('Longitude'),
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
      latitude: maybeNumber('Location_X'),
      longitude: maybeNumber('Location_Y'),
      scale: maybeNumber('Scale'),
      label: maybeText('Label'),
      poiName: maybeText('Poiname'),
    }),
  },

  // Results of what was sent
  TEMPLATESENDJOBFINISH: {
    msgId: maybeText('MsgID'),
    /** `success`, `failed:user block`, `failed:system failed`: WeChat's blanks vary. */
    status: (fields) => maybeText('Status')(fields)?.trim().replace(/:\s+/, ':'),
  },
  MASSSENDJOBFINISH: {
    msgId: maybeText('MsgID'),
    /** `send success`, `send fail` or `err(number)`. */
    status: maybeText('Status'),
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
        url: maybeText('ArticleUrl'),
      })(fields),
  },
  PUBLISHJOBFINISH: {
    publish: inside('PublishEventInfo', {
      publishId: maybeText('publish_id'),
      status: maybeNumber('publish_status'),
      articleId: maybeText('article_id'),
      articles: list('article_detail.item', {
        articleIndex: maybeNumber('idx'),
        url: maybeText('article_url'),
      }),
      failedIndexes: numbers('fail_idx'),
    }),
  },
  subscribe_msg_popup_event: {
    answers: list(['SubscribeMsgPopupEvent.List', 'List'], {
      templateId: maybeText('TemplateId'),
      /** accept or reject. */
      status: maybeText('SubscribeStatusString'),
      /** 1: a web page, 2: an article. */
      popupScene: maybeNumber('PopupScene'),
    }),
  },
  subscribe_msg_change_event: {
    answers: list(['SubscribeMsgChangeEvent.List', 'List'], {
      templateId: maybeText('TemplateId'),
      status: maybeText('SubscribeStatusString'),
    }),
  },
  subscribe_msg_sent_event: {
    results: list(['SubscribeMsgSentEvent.List', 'List'], {
      templateId: maybeText('TemplateId'),
      msgId: maybeText('MsgID'),
      errorCode: maybeNumber('ErrorCode'),
      errorStatus: maybeText('ErrorStatus'),
    }),
  },

  // Customer service
  kf_create_session: { kfAccount: maybeText('KfAccount') },
  kf_close_session: { kfAccount: maybeText('KfAccount') },
  kf_switch_session: {
    fromKfAccount: maybeText('FromKfAccount'),
    toKfAccount: maybeText('ToKfAccount'),
  },
  user_enter_tempsession: { sessionFrom: maybeText('SessionFrom') },

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

  ...cardEvents,
  ...commerceEvents,

  /** A follower scanned the QR code of a shopping guide (导购). */
  guide_qrcode_scan_event: {
    scan: inside('GuideScanEvent', {
      guideAccount: maybeText('qrcode_guide_account'),
      guideOpenid: maybeId('qrcode_guide_openid'),
      userOpenid: maybeId('openid'),
      action: maybeNumber('action'),
      qrcodeInfo: maybeText('qrcode_info'),
    }),
  },

  /** Sent by the push debug tool of the console. */
  debug_demo: { debugText: maybeText('debug_str') },
} satisfies Record<string, Shape>;
