import type { NonTaxOrder } from '../../../../shared/wechat/catalogue/non-tax.ts';
import { ApiError } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { FileAnswer } from '../http/file-answer.ts';
import { objectIn, requiredInteger, requiredText } from '../rules/fields.ts';
import { insertInvoice } from '../rules/invoice-insertion.ts';
import { ownAppid, termsIn } from '../rules/non-tax-terms.ts';
import { type NonTaxOrderRecord, unrefunded } from '../state/non-tax-orders.ts';
import { randomId } from '../state/random-id.ts';
import type { World } from '../world.ts';
import { pageIn } from './invoice.ts';
import { done, type OperationsOf } from './operation.ts';

const BILL_PAGE_SECONDS = 7_200;
const AUTH_CODE = /^1[0-5]\d{16}$/;
/** Of Beijing, in which statements are written. */
const OFFSET_SECONDS = 8 * 3_600;

export const nonTax: OperationsOf<'nonTax'> = {
  getFee({ account, nonTaxOrders }, call) {
    const body = jsonOf(call);
    ownAppid(account.appid, body);
    const number = requiredText(body, 'payment_notice_no', 41011);
    requiredText(body, 'region_code', 41011);
    const notice = nonTaxOrders.findNotice(number, requiredText(body, 'department_code', 41011));
    if (!notice) throw new ApiError(40097);
    return { ...done, ...notice };
  },

  order(world, call) {
    const body = jsonOf(call);
    const terms = termsIn(world, body);
    for (const name of ['ip', 'scene']) requiredText(body, name, 41011);
    const isWeb = body.trade_type === 'MWEB';
    if (terms.openid === '' && !isWeb) throw new ApiError(41009);
    const { orderId } = world.nonTaxOrders.add(terms);
    const query = `order_id=${orderId}`;
    if (terms.scene !== 'miniprogram') {
      return { ...done, order_id: orderId, pay_url: `https://pay.weixin.qq.com/nontax?${query}` };
    }
    const page = { pagepath: 'pages/pay/pay', query_string: query, business_type: 'nontax' };
    return { ...done, order_id: orderId, miniprogram: { appid: terms.appid, ...page } };
  },

  /** Whoever shows the code pays at once. */
  payByCode(world, call) {
    const body = jsonOf(call);
    if (!AUTH_CODE.test(requiredText(body, 'auth_code', 41011))) throw new ApiError(40097);
    const earlier = textIn(body, 'order_id');
    const order = earlier
      ? world.nonTaxOrders.find(earlier)
      : world.nonTaxOrders.add(termsIn(world, body));
    if (!order) throw new ApiError(40097);
    if (order.paidAt === undefined) world.nonTaxOrders.pay(order);
    return { ...done, order_id: order.orderId };
  },

  getOrder: (world, call) => ({ ...done, ...describe(orderIn(world, call)) }),

  listOrders({ account, nonTaxOrders }, call) {
    const body = jsonOf(call);
    ownAppid(account.appid, body);
    const department = requiredText(body, 'department_code', 41011);
    const region = requiredText(body, 'region_code', 41011);
    const [notice, number] = [textIn(body, 'payment_notice_no'), textIn(body, 'order_no')];
    if (notice === '' && number === '') throw new ApiError(41011);
    const orders = nonTaxOrders
      .list()
      .filter(
        ({ terms }) =>
          terms.department_code === department &&
          terms.region_code === region &&
          (notice ? terms.payment_notice_no === notice : terms.order_no === number),
      );
    const paid = orders.find(({ paidAt }) => paidAt !== undefined);
    const ids = orders.map(({ orderId }) => orderId);
    return { ...done, order_id_list: ids, ...(paid ? { paid_order_id: paid.orderId } : {}) };
  },

  /** All of it unless a part is named. The same `refund_out_id` gives the same refund. */
  refund(world, call) {
    const body = jsonOf(call);
    const order = orderIn(world, call);
    const reason = requiredText(body, 'reason', 41011);
    const outId = textIn(body, 'refund_out_id');
    const known = order.refunds.find(({ refund_out_id: id }) => id !== '' && id === outId);
    if (known) return { ...done, refund_order_id: known.refund_order_id };
    const isPart = body.refund_fee !== undefined;
    if (isPart && outId === '') throw new ApiError(41011);
    const fee = isPart ? requiredInteger(body, 'refund_fee') : unrefunded(order);
    if (order.paidAt === undefined || fee <= 0 || fee > unrefunded(order)) {
      throw new ApiError(40097);
    }
    const refund_order_id = randomId(28);
    const refund = { refund_reason: reason, refund_fee: fee, refund_out_id: outId };
    world.nonTaxOrders.refund(order, { refund_order_id, ...refund });
    return { ...done, refund_order_id };
  },

  downloadStatement({ account, nonTaxOrders }, call) {
    const body = jsonOf(call);
    ownAppid(account.appid, body);
    const merchant = requiredText(body, 'mch_id', 41011);
    const date = requiredText(body, 'bill_date', 41011);
    const type = textIn(body, 'bill_type') || 'ALL';
    const isKnown = ['ALL', 'SUCCESS', 'REFUND'].includes(type);
    if (!/^\d{8}$/.test(date) || !isKnown) throw new ApiError(40097);
    const lines = nonTaxOrders
      .list()
      .filter(({ terms, createdAt }) => terms.mch_id === merchant && dayOf(createdAt) === date)
      .filter(({ paidAt }) => type !== 'SUCCESS' || paidAt !== undefined)
      .filter(({ refunds }) => type !== 'REFUND' || refunds.length > 0)
      .map((order) => [order.orderId, order.terms.fee, statusOf(order), order.createdAt].join(','));
    const text = ['order_id,fee,status,create_time', ...lines, ''].join('\n');
    const bytes = new Uint8Array(Buffer.from(text));
    return new FileAnswer({ contentType: 'text/csv', fileName: `${date}.csv`, bytes });
  },

  reportMismatch(world, call) {
    world.nonTaxOrders.reportMismatch(orderIn(world, call));
    return done;
  },

  testNotification: checkTest,
  testFeeQuery: checkTest,

  createBillTemplate({ invoices }, call) {
    const body = jsonOf(call);
    const template = objectIn(body.invoice_info ?? body);
    requiredText(objectIn(template.base_info), 'logo_url', 72031);
    const payee = requiredText(template, 'payee', 72031);
    const card_id = invoices.addTemplate({ kind: 'bill', payee, type: '财政电子票据' });
    return { ...done, card_id };
  },

  getBillPageUrl(world, call) {
    const body = jsonOf(call);
    const { platform, orderId, url } = pageIn(world, body);
    if (!['web', 'app'].includes(String(body.source))) throw new ApiError(40097);
    if (!world.invoices.findWish(orderId, platform)) world.invoices.addWish(platform, orderId);
    return { ...done, auth_url: url, expire_time: BILL_PAGE_SECONDS };
  },

  insertBill: (world, call) => ({ ...done, ...insertInvoice(world, jsonOf(call), 'bill') }),
};

/** The address is checked; nothing is sent to it. @throws ApiError 41002, 40013, 40097 */
function checkTest({ account }: World, call: Call) {
  const body = jsonOf(call);
  ownAppid(account.appid, body);
  if (!URL.canParse(textIn(body, 'url')) || body.version !== 1) throw new ApiError(40097);
  return done;
}

/** @throws ApiError 41002, 40013, 41011, 40097 */
function orderIn({ account, nonTaxOrders }: World, call: Call): NonTaxOrderRecord {
  const body: JsonObject = jsonOf(call);
  ownAppid(account.appid, body);
  const order = nonTaxOrders.find(requiredText(body, 'order_id', 41011));
  if (!order) throw new ApiError(40097);
  return order;
}

function statusOf(order: NonTaxOrderRecord): NonTaxOrder['status'] {
  if (order.paidAt === undefined) return 1;
  return unrefunded(order) === 0 ? 5 : 3;
}

function describe(order: NonTaxOrderRecord): NonTaxOrder {
  const { orderId, terms, createdAt, paidAt, refunds } = order;
  const { mch_id: _, ...rest } = terms;
  const last = refunds.at(-1);
  return {
    ...rest,
    order_id: orderId,
    create_time: createdAt,
    fee_type: 1,
    status: statusOf(order),
    ...(paidAt === undefined ? {} : { pay_finish_time: paidAt, trans_id: `42${orderId}` }),
    ...(last ? { refund_finish_time: last.refund_finish_time } : {}),
    ...(last ? { refund_reason: last.refund_reason } : {}),
    ...(last ? { refund_order_id: last.refund_order_id } : {}),
    partial_refund_info: refunds.map((refund) => ({ ...refund, refund_status: 5 })),
  };
}

function dayOf(seconds: number): string {
  const local = new Date((seconds + OFFSET_SECONDS) * 1_000);
  return local.toISOString().slice(0, 10).replaceAll('-', '');
}
