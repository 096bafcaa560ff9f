import type { XmlFields } from './xml-writer.ts';

interface WithKey extends XmlFields {
  readonly EventKey: string;
}
interface MenuLink extends WithKey {
  readonly MenuId?: string | number;
}
interface Scanned extends WithKey {
  readonly ScanCodeInfo: { readonly ScanType: 'qrcode' | 'barcode'; readonly ScanResult: string };
}
interface Pictures extends WithKey {
  readonly SendPicsInfo: {
    readonly Count: number;
    readonly PicList: { readonly item: readonly { readonly PicMd5Sum: string }[] };
  };
}
interface Grant extends XmlFields {
  readonly OpenID: string;
  readonly AppID: string;
  readonly RevokeInfo: string;
  readonly UnionID?: string;
}
interface Verified extends XmlFields {
  readonly ExpiredTime: number;
}
interface VerifyFailed extends XmlFields {
  readonly FailTime: number;
  readonly FailReason: string;
}
interface KfSession extends XmlFields {
  readonly KfAccount: string;
}
interface Card extends XmlFields {
  readonly CardId: string;
}
interface GiftOrder extends XmlFields {
  readonly PageId: string;
  readonly OrderId: string;
}
interface Audit extends XmlFields {
  readonly audit_id: string | number;
  readonly status: number;
}
interface ScannedCode extends XmlFields {
  readonly KeyStandard: string;
  readonly KeyStr: string;
}
interface MassResults extends XmlFields {
  readonly Count: number;
  readonly ResultList: { readonly item?: readonly XmlFields[] };
}

/**
 * Every event by the name in its `Event` element, with the fields it has beside the common ones,
 * spelt as WeChat spells them.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html
 */
export interface EventFields {
  subscribe: { readonly EventKey?: string; readonly Ticket?: string };
  unsubscribe: { readonly EventKey?: string };
  SCAN: WithKey & { readonly Ticket: string };
  LOCATION: { readonly Latitude: number; readonly Longitude: number; readonly Precision: number };
  CLICK: WithKey;
  VIEW: MenuLink;
  view_miniprogram: MenuLink;
  scancode_push: Scanned;
  scancode_waitmsg: Scanned;
  pic_sysphoto: Pictures;
  pic_photo_or_album: Pictures;
  pic_weixin: Pictures;
  location_select: WithKey & {
    readonly SendLocationInfo: {
      readonly Location_X: string;
      readonly Location_Y: string;
      readonly Scale: string;
      readonly Label: string;
      readonly Poiname: string;
    };
  };
  TEMPLATESENDJOBFINISH: { readonly MsgID: number | bigint; readonly Status: string };
  MASSSENDJOBFINISH: {
    readonly MsgID: number | bigint;
    readonly Status: string;
    readonly TotalCount: number;
    readonly FilterCount: number;
    readonly SentCount: number;
    readonly ErrorCount: number;
    readonly CopyrightCheckResult?: MassResults & { readonly CheckState: number };
    readonly ArticleUrlResult?: MassResults;
  };
  PUBLISHJOBFINISH: { readonly PublishEventInfo: XmlFields };
  subscribe_msg_popup_event: {
    readonly SubscribeMsgPopupEvent: {
      readonly List: readonly {
        readonly TemplateId: string;
        readonly SubscribeStatusString: 'accept' | 'reject';
        readonly PopupScene: number;
      }[];
    };
  };
  subscribe_msg_change_event: {
    readonly SubscribeMsgChangeEvent: {
      readonly List: readonly {
        readonly TemplateId: string;
        readonly SubscribeStatusString: string;
      }[];
    };
  };
  subscribe_msg_sent_event: {
    readonly SubscribeMsgSentEvent: {
      readonly List: readonly {
        readonly TemplateId: string;
        readonly MsgID: string;
        readonly ErrorCode: number;
        readonly ErrorStatus: string;
      }[];
    };
  };
  kf_create_session: KfSession;
  kf_close_session: KfSession;
  kf_switch_session: { readonly FromKfAccount: string; readonly ToKfAccount: string };
  qualification_verify_success: Verified;
  naming_verify_success: Verified;
  annual_renew: Verified;
  verify_expired: Verified;
  qualification_verify_fail: VerifyFailed;
  naming_verify_fail: VerifyFailed;
  user_info_modified: Grant;
  user_authorization_revoke: Grant;
  user_authorization_cancellation: Grant;
  user_enter_tempsession: { readonly SessionFrom: string };
  card_pass_check: Card;
  card_not_pass_check: Card & { readonly RefuseReason: string };
  user_get_card: Card;
  user_gifting_card: Card;
  user_del_card: Card;
  user_consume_card: Card;
  user_pay_from_pay_cell: Card;
  user_view_card: Card;
  user_enter_session_from_card: Card;
  update_member_card: Card;
  card_sku_remind: Card;
  card_pay_order: XmlFields & { readonly OrderId: string; readonly Status: string };
  card_merchant_check_result: XmlFields & { readonly MerchantId: number; readonly IsPass: 0 | 1 };
  giftcard_pay_done: GiftOrder;
  giftcard_send_to_friend: GiftOrder;
  giftcard_user_accept: GiftOrder;
  submit_membercard_user_info: Card;
  guide_qrcode_scan_event: XmlFields;
  user_authorize_invoice: XmlFields & {
    readonly SuccOrderId: string;
    readonly FailOrderId: string;
    readonly AppId: string;
  };
  submit_invoice_title: XmlFields & { readonly title: string };
  cloud_invoice_invoiceresult_event: XmlFields & { readonly fpqqlsh: string };
  user_scan_product: ScannedCode;
  user_scan_product_enter_session: ScannedCode;
  user_scan_product_async: ScannedCode;
  user_scan_product_verify_action: ScannedCode & { readonly Result: string };
  wxa_media_check: XmlFields & { readonly trace_id: string };
  poi_check_notify: XmlFields;
  WifiConnected: XmlFields;
  ShakearoundUserShake: XmlFields;
  merchant_order: XmlFields;
  add_store_audit_info: Audit;
  modify_store_audit_info: Audit;
  apply_merchant_audit_info: Audit;
  create_map_poi_audit_info: Audit;
  update_invoice_status: XmlFields & {
    readonly Status: string;
    readonly CardId: string;
    readonly Code: string;
  };
  /** What the push debug tool of the console sends. */
  debug_demo: { readonly debug_str: string };
}

export type EventName = keyof EventFields;

/** After these WeChat reads the answer but shows nothing of it. */
export const unansweredEvents: ReadonlySet<string> = new Set<EventName>([
  'unsubscribe',
  'VIEW',
  'TEMPLATESENDJOBFINISH',
  'MASSSENDJOBFINISH',
]);
