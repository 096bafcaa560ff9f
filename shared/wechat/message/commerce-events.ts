import {
  inside,
  list,
  maybeId,
  maybeNumber,
  maybePastTime,
  maybeText,
  type Reader,
  type Shape,
} from './shape.ts';

/** The first of several spellings that is there. */
const firstText =
  (...names: readonly string[]): Reader<string | undefined> =>
  (fields) =>
    names.map((name) => maybeText(name)(fields)).find((value) => value !== undefined);

const audit = {
  auditId: maybeText('audit_id'),
  status: maybeNumber('status'),
  reason: maybeText('reason'),
} satisfies Shape;

const scannedCode = {
  /** `ean13`, `ean8`, `qrcode`. */
  keyStandard: maybeText('KeyStandard'),
  keyText: maybeText('KeyStr'),
  extInfo: maybeText('ExtInfo'),
} satisfies Shape;

const beacon = {
  uuid: maybeText('Uuid'),
  major: maybeNumber('Major'),
  minor: maybeNumber('Minor'),
  /** In metres. */
  distance: maybeNumber('Distance'),
} satisfies Shape;

const verdict = { suggest: maybeText('suggest'), label: maybeNumber('label') } satisfies Shape;

/** Invoices, stores with their Wi-Fi and beacons, scanned products, and checks of media. */
export const commerceEvents = {
  /** A follower asked for an invoice, or took one. */
  user_authorize_invoice: {
    succeededOrderId: maybeText('SuccOrderId'),
    failedOrderId: maybeText('FailOrderId'),
    appid: maybeId('AppId'),
    /** `web`, `app`, `wap` … */
    source: maybeText('Source'),
  },
  submit_invoice_title: {
    title: maybeText('title'),
    phone: maybeText('phone'),
    taxNo: maybeText('tax_no'),
    address: maybeText('addr'),
    bankType: maybeText('bank_type'),
    bankNo: maybeText('bank_no'),
    /** What the account gave along with the link to the page. */
    attach: maybeText('attach'),
    titleType: maybeText('title_type'),
  },
  update_invoice_status: {
    /** `INVOICE_REIMBURSE_LOCK` and the like. */
    status: maybeText('Status'),
    cardId: maybeText('CardId'),
    cardCode: maybeText('Code'),
  },
  /** What became of an invoice that was ordered. */
  cloud_invoice_invoiceresult_event: {
    requestNo: maybeText('fpqqlsh'),
    status: maybeNumber('status'),
    taxpayerNo: maybeText('nsrsbh'),
  },

  poi_check_notify: {
    uniqId: maybeText('UniqId'),
    poiId: maybeText('PoiId'),
    /** `succ` or `fail`. */
    result: maybeText('Result'),
    reason: firstText('msg', 'Msg'),
  },
  apply_merchant_audit_info: audit,
  modify_store_audit_info: audit,
  add_store_audit_info: {
    ...audit,
    isUpgrade: maybeNumber('is_upgrade'),
    poiId: firstText('poi_id', 'poiid'),
  },
  create_map_poi_audit_info: {
    ...audit,
    mapPoiId: maybeText('map_poi_id'),
    name: maybeText('name'),
    address: maybeText('address'),
    latitude: maybeNumber('latitude'),
    longitude: maybeNumber('longitude'),
    remark: maybeText('sh_remark'),
  },

  /** WeChat's Wi-Fi (微信连Wi-Fi). */
  WifiConnected: {
    connectedAt: maybePastTime('ConnectTime'),
    shopId: firstText('ShopId', 'PlaceId'),
    /** The bssid. */
    deviceNo: maybeText('DeviceNo'),
  },
  /** Near a beacon (摇周边): the one whose page is shown, and others of the account. */
  ShakearoundUserShake: {
    chosenBeacon: inside('ChosenBeacon', beacon),
    aroundBeacons: list('AroundBeacons.AroundBeacon', beacon),
  },

  user_scan_product: {
    ...scannedCode,
    country: maybeText('Country'),
    province: maybeText('Province'),
    city: maybeText('City'),
    /** 1 male, 2 female, 0 unknown. */
    sex: maybeNumber('Sex'),
    /** 1 a scan, 2 another way to the page. */
    scene: maybeNumber('Scene'),
  },
  user_scan_product_enter_session: scannedCode,
  user_scan_product_async: { ...scannedCode, regionCode: maybeText('RegionCode') },
  user_scan_product_verify_action: {
    ...scannedCode,
    /** `verify_ok`, `verify_not_pass`. */
    result: maybeText('Result'),
    reason: maybeText('ReasonMsg'),
  },

  merchant_order: {
    orderId: maybeText('OrderId'),
    orderStatus: maybeNumber('OrderStatus'),
    productId: maybeText('ProductId'),
    skuInfo: maybeText('SkuInfo'),
  },

  /** Whether a picture or a voice may be shown, some time after it was handed in. */
  wxa_media_check: {
    appid: maybeId('appid'),
    traceId: maybeText('trace_id'),
    version: maybeNumber('version'),
    errcode: maybeNumber('errcode'),
    errmsg: maybeText('errmsg'),
    result: inside('result', verdict),
    details: list('detail', {
      strategy: maybeText('strategy'),
      errcode: maybeNumber('errcode'),
      ...verdict,
      probability: maybeNumber('prob'),
    }),
    /** Of version 1, which has nothing of `result` and `details`. */
    isRisky: maybeNumber('isrisky'),
    statusCode: maybeNumber('status_code'),
  },
} satisfies Record<string, Shape>;
