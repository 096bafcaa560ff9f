import { account } from '../api-fixture.ts';
import { cardTicket, uploadedPdf } from './invoice.ts';
import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const { appid } = account;
const office = { department_code: '040', region_code: '440100' } as const;
const terms = {
  ...office,
  appid,
  desc: '交通罚款',
  fee: 20_000,
  items: [{ no: 1, item_id: '1', item_name: '罚款', overdue: 0, penalty: 0, fee: 20_000 }],
  department_name: '广州市公安局',
  payment_notice_no: '4401000001',
  payment_notice_create_time: 1_504_620_000,
  mch_id: '1900000109',
};
const order = { ...terms, openid: ann, ip: '203.0.113.7', scene: 'biz' } as const;

async function ordered({ call }: Stage) {
  const { order_id } = await call('nonTax.order', order);
  return { appid, order_id };
}

async function paid(stage: Stage) {
  const request = await ordered(stage);
  const { order_id } = request;
  await stage.control('POST', '/emulator/non-tax/payments', { order_id });
  return request;
}

const template = {
  base_info: { logo_url: 'http://mmbiz.qpic.cn/logo' },
  payee: '广州市财政局',
} as const;

async function billPage(stage: Stage) {
  const request = {
    s_pappid: 'd3bureau',
    order_id: 'bill-1',
    money: 20_000,
    source: 'web',
  } as const;
  return { ...request, timestamp: 1_504_620_000, ticket: await cardTicket(stage) };
}

export const nonTax: SamplesOf<'nonTax'> = {
  async getFee({ control }) {
    const { appid: _, desc: __, mch_id: ___, ...notice } = terms;
    await control('POST', '/emulator/non-tax/notices', { ...notice, user_name: '张三' });
    const { payment_notice_no } = terms;
    return {
      request: { ...office, appid, service_id: 120, payment_notice_no },
      answer: { user_name: '张三', fee: 20_000 },
    };
  },
  order: { request: order, answer: { order_id: /\S/, pay_url: /^https:/ } },
  payByCode: {
    request: { ...terms, auth_code: '130000000000000000' },
    answer: { order_id: /\S/ },
  },
  async getOrder(stage) {
    const request = await paid(stage);
    return { request, answer: { order_id: request.order_id, status: 3, openid: ann } };
  },
  async listOrders(stage) {
    const { order_id } = await paid(stage);
    const { payment_notice_no } = terms;
    return {
      request: { ...office, appid, payment_notice_no },
      answer: { order_id_list: [order_id], paid_order_id: order_id },
    };
  },
  async refund(stage) {
    const request = { ...(await paid(stage)), reason: '重复缴费' };
    return { request, answer: { refund_order_id: /\S/ } };
  },
  async downloadStatement(stage) {
    await paid(stage);
    const local = new Date(stage.now() + 8 * 3_600_000).toISOString();
    const bill_date = local.slice(0, 10).replaceAll('-', '');
    return {
      request: { appid, mch_id: terms.mch_id, bill_date, bill_type: 'SUCCESS' },
      answer: { contentType: 'text/csv', fileName: `${bill_date}.csv` },
    };
  },
  async reportMismatch(stage) {
    return { request: await paid(stage), answer: { errcode: 0 } };
  },
  testNotification: {
    request: { appid, url: 'https://example.com/paid', version: 1 },
    answer: { errcode: 0 },
  },
  testFeeQuery: {
    request: { appid, url: 'https://example.com/fee', version: 1 },
    answer: { errcode: 0 },
  },
  createBillTemplate: { request: template, answer: { card_id: /^p\S+/ } },
  async getBillPageUrl(stage) {
    return { request: await billPage(stage), answer: { auth_url: /bill-1/, expire_time: 7_200 } };
  },
  async insertBill(stage) {
    const page = await billPage(stage);
    const { s_pappid, order_id } = page;
    await stage.call('nonTax.getBillPageUrl', page);
    const wish = { s_pappid, order_id, openid: ann };
    await stage.control('POST', '/emulator/invoices/authorize', wish);
    const { card_id } = await stage.call('nonTax.createBillTemplate', template);
    const invoice_user_data = {
      fee: 20_000,
      title: '张三',
      billing_time: 1_504_620_000,
      billing_no: '0000000001',
      billing_code: '44010119',
      s_pdf_media_id: await uploadedPdf(stage),
    };
    const card_ext = { user_card: { invoice_user_data } };
    return { request: { order_id, card_id, appid, card_ext }, answer: { openid: ann } };
  },
};
