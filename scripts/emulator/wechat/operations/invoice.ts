import type {
  Invoice,
  InvoiceKey,
  InvoiceSettings,
  ReimburseStatus,
} from '../../../../shared/wechat/catalogue/invoice.ts';
import { ApiError, type Errcode } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { charsOf, listIn, objectIn, requiredInteger, requiredText } from '../rules/fields.ts';
import { pdfUrl } from '../rules/file-urls.ts';
import { insertInvoice } from '../rules/invoice-insertion.ts';
import { formOf } from '../rules/upload.ts';
import type { InvoiceRecord } from '../state/invoices.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const PDF_URL_SECONDS = 7_200;
const MAX_TITLE_CHARS = 9;
/** Invoices are good for longer than anybody will test. */
const INVOICE_SECONDS = 10 * 365 * 86_400;
const PAGE = 'https://mp.weixin.qq.com/bizmall/authinvoice';

/** Each setting by the word behind `set_` and `get_`, and what WeChat says while there is none. */
const settings = {
  auth_field: { field: 'auth_field', missing: 72029 },
  pay_mch: { field: 'paymch_info', missing: 72028 },
  contact: { field: 'contact', missing: 72063 },
} as const satisfies Record<string, { field: keyof InvoiceSettings; missing: Errcode }>;

export const invoice: OperationsOf<'invoice'> = {
  settings({ invoices }, call) {
    const [, verb, word = ''] = /^(get|set)_(\w+)$/.exec(call.query.action ?? '') ?? [];
    if (!Object.hasOwn(settings, word)) throw new ApiError(40097);
    const { field, missing } = settings[word as keyof typeof settings];
    if (verb === 'set') {
      invoices.set({ [field]: objectIn(jsonOf(call)[field]) });
      return done;
    }
    const kept = invoices.settings()[field];
    if (!kept) throw new ApiError(missing);
    return { ...done, [field]: kept };
  },

  getPlatformUrl: ({ account }) => ({
    ...done,
    invoice_url: `${PAGE}?action=list&s_pappid=${platformOf(account.appid)}`,
  }),

  getPageUrl(world, call) {
    const body = jsonOf(call);
    const { platform, orderId, url } = pageIn(world, body);
    const { type, source } = body;
    if (![0, 1, 2].includes(type as number)) throw new ApiError(40097);
    if (!['app', 'web', 'wxa', 'wap'].includes(String(source))) throw new ApiError(40097);
    const { contact, auth_field: fields } = world.invoices.settings();
    if (!contact) throw new ApiError(72063);
    if (type === 1 && !fields) throw new ApiError(72029);
    if (!world.invoices.findWish(orderId, platform)) world.invoices.addWish(platform, orderId);
    // Pages of mini-programs belong to the mini-program of WeChat's invoices.
    return { ...done, auth_url: url, ...(source === 'wxa' ? { appid: 'wx9db2c16d0633c2e7' } : {}) };
  },

  getAuthorization({ invoices }, call) {
    const body = jsonOf(call);
    const platform = requiredText(body, 's_pappid', 72031);
    const wish = invoices.findWish(requiredText(body, 'order_id', 72031), platform);
    if (wish?.isRefused) throw new ApiError(72035);
    if (!wish?.authorizedAt) throw new ApiError(72038);
    return { ...done, invoice_status: 'auth success', auth_time: wish.authorizedAt };
  },

  refuse({ invoices }, call) {
    const body = jsonOf(call);
    const platform = requiredText(body, 's_pappid', 72031);
    const wish = invoices.findWish(requiredText(body, 'order_id', 72031), platform);
    requiredText(body, 'reason', 72031);
    if (!wish?.authorizedAt) throw new ApiError(72038);
    if (wish.code !== undefined) throw new ApiError(72042);
    invoices.changeWish(wish, { isRefused: true });
    return done;
  },

  createTemplate({ invoices }, call) {
    const info = objectIn(jsonOf(call).invoice_info);
    const base = objectIn(info.base_info);
    requiredText(base, 'logo_url', 72031);
    if (charsOf(requiredText(base, 'title', 72031)) > MAX_TITLE_CHARS) throw new ApiError(72031);
    const payee = requiredText(info, 'payee', 72031);
    const type = requiredText(info, 'type', 72031);
    return { ...done, card_id: invoices.addTemplate({ kind: 'invoice', payee, type }) };
  },

  uploadPdf({ invoices }, call) {
    const bytes = formOf(call).find(({ name }) => name === 'pdf')?.bytes;
    if (!bytes) throw new ApiError(41005);
    if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') throw new ApiError(72040);
    return { ...done, s_media_id: invoices.addPdf(bytes) };
  },

  getPdf({ invoices }, call) {
    const body = jsonOf(call);
    const id = requiredText(body, 's_media_id', 72031);
    if (body.action !== 'get_url') throw new ApiError(40097);
    if (!invoices.hasPdf(id)) throw new ApiError(72040);
    return { ...done, pdf_url: pdfUrl(call.origin, id), pdf_url_expire_time: PDF_URL_SECONDS };
  },

  insert: (world, call) => ({ ...done, ...insertInvoice(world, jsonOf(call), 'invoice') }),

  /** The platform may cancel whatever the status is: the invoice itself is no longer good. */
  setStatus({ invoices }, call) {
    const body = jsonOf(call);
    const found = invoices.find(
      requiredText(body, 'card_id', 72031),
      requiredText(body, 'code', 72031),
    );
    if (!found) throw new ApiError(40078);
    invoices.setStatus([found], statusIn(body));
    return done;
  },

  get: (world, call) => ({ ...done, ...describe(world, keptIn(world, jsonOf(call)), call) }),

  getMany(world, call) {
    const keys = listIn(jsonOf(call).item_list).map(objectIn);
    if (keys.length === 0) throw new ApiError(72031);
    return { ...done, item_list: keys.map((key) => describe(world, keptIn(world, key), call)) };
  },

  setReimburseStatus(world, call) {
    const body = jsonOf(call);
    reimburse(world, [keptIn(world, body)], statusIn(body));
    return done;
  },

  setReimburseStatuses(world, call) {
    const body = jsonOf(call);
    const openid = requiredText(body, 'openid', 41009);
    const chosen = listIn(body.invoice_list).map((key) => keptIn(world, objectIn(key)));
    const isTheirs = chosen.every((each) => each.openid === openid);
    if (chosen.length === 0) throw new ApiError(72031);
    if (!isTheirs) throw new ApiError(72037);
    reimburse(world, chosen, statusIn(body));
    return done;
  },

  getTitleUrl(_world, call) {
    const body = jsonOf(call);
    const { user_fill: fill = 0 } = body;
    if (fill !== 0 && fill !== 1) throw new ApiError(72031);
    if (fill === 0) requiredText(body, 'title', 72031);
    const [phone, taxNo] = [textIn(body, 'phone'), textIn(body, 'tax_no')];
    if (!/^[\d-]*$/.test(phone) || !/^(?:[0-9A-Za-z]{15,20})?$/.test(taxNo)) {
      throw new ApiError(72031);
    }
    return {
      ...done,
      url: `${PAGE}?action=add&title=${encodeURIComponent(textIn(body, 'title'))}`,
    };
  },

  getTitleChoiceUrl(_world, call) {
    const attach = textIn(jsonOf(call), 'attach');
    return { ...done, url: `${PAGE}?action=select&attach=${encodeURIComponent(attach)}` };
  },

  /** Only a tester knows what a follower's code says. */
  readTitle({ recognitions }, call) {
    requiredText(jsonOf(call), 'scan_text', 72031);
    const told = recognitions.told('invoice.readTitle');
    if (!told) throw new ApiError(72031);
    return { ...done, title_type: 0, title: '', ...told };
  },
};

/** The account's name as an invoicing platform. */
export function platformOf(appid: string): string {
  return `d3${appid}`;
}

/** What the pages of invoices and of bills ask for alike. @throws ApiError 72031, 41011, 40097 */
export function pageIn({ tickets }: World, body: JsonObject) {
  const platform = requiredText(body, 's_pappid', 72031);
  const orderId = requiredText(body, 'order_id', 72031);
  for (const name of ['money', 'timestamp']) requiredInteger(body, name);
  if (tickets.issue('wx_card').ticket !== body.ticket) throw new ApiError(40097);
  const url = `${PAGE}?action=apply&s_pappid=${platform}&order_id=${encodeURIComponent(orderId)}`;
  return { platform, orderId, url };
}

/** @throws ApiError 72031, 40073, 40056 */
function keptIn({ invoices }: World, key: JsonObject): InvoiceRecord {
  const text = (name: keyof InvoiceKey) => requiredText(key, name, 72031);
  const cardId = text('card_id');
  const found = invoices.find(cardId, text('encrypt_code'));
  if (!found) throw new ApiError(invoices.findTemplate(cardId) ? 40056 : 40073);
  return found;
}

/** @throws ApiError 72031 */
function statusIn(body: JsonObject): ReimburseStatus {
  const status = textIn(body, 'reimburse_status');
  if (!/^INVOICE_REIMBURSE_(?:INIT|LOCK|CLOSURE|CANCEL)$/.test(status)) throw new ApiError(72031);
  return status as ReimburseStatus;
}

/**
 * What was reimbursed stays so, and only what is locked is reimbursed.
 *
 * @throws ApiError 72024, 72039, before anything is changed
 */
function reimburse(
  { invoices }: World,
  chosen: readonly InvoiceRecord[],
  status: ReimburseStatus,
): void {
  const isOpen = ({ status: now }: InvoiceRecord) =>
    now === 'INVOICE_REIMBURSE_INIT' || now === 'INVOICE_REIMBURSE_LOCK';
  if (status === 'INVOICE_REIMBURSE_CANCEL' || !chosen.every(isOpen)) throw new ApiError(72024);
  const isLocked = chosen.every(({ status: now }) => now === 'INVOICE_REIMBURSE_LOCK');
  if (status === 'INVOICE_REIMBURSE_CLOSURE' && !isLocked) throw new ApiError(72039);
  invoices.setStatus(chosen, status);
}

function describe({ invoices }: World, record: InvoiceRecord, { origin }: Call): Invoice {
  const { payee = '', type = '' } = invoices.findTemplate(record.cardId) ?? {};
  const { cardId, openid, insertedAt, face, pdfId, status, orderId } = record;
  const names = (face.info ?? []).map(({ name }) => name);
  return {
    card_id: cardId,
    begin_time: insertedAt,
    end_time: insertedAt + INVOICE_SECONDS,
    openid,
    type,
    payee,
    detail: names.join('、'),
    user_info: {
      fee: 0,
      title: '',
      billing_no: '',
      billing_code: '',
      fee_without_tax: 0,
      tax: 0,
      check_code: '',
      ...face,
      billing_time: Number(face.billing_time),
      pdf_url: pdfUrl(origin, pdfId),
      reimburse_status: status,
      order_id: orderId,
    },
  };
}
