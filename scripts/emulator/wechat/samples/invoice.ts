import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const order = { s_pappid: 'd3wx0123456789abcdef', order_id: 'order-1' } as const;
const contact = { time_out: 600, phone: '020-00000000' } as const;
const pdf = {
  fileName: 'i.pdf',
  contentType: 'application/pdf',
  data: Buffer.from('%PDF-1.7 sample'),
};

export async function cardTicket({ call }: Stage): Promise<string> {
  return (await call('ticket.get', { type: 'wx_card' })).ticket;
}

async function pageRequest(stage: Stage) {
  await stage.call('invoice.settings', { action: 'set_contact', contact });
  const more = { money: 1_100, timestamp: 1_474_875_876, source: 'web', type: 0 } as const;
  return { ...order, ...more, ticket: await cardTicket(stage) };
}

async function authorized(stage: Stage) {
  await stage.call('invoice.getPageUrl', await pageRequest(stage));
  await stage.control('POST', '/emulator/invoices/authorize', { ...order, openid: ann });
}

const template = {
  invoice_info: {
    base_info: { logo_url: 'http://mmbiz.qpic.cn/logo', title: '样例茶馆' },
    payee: '样例茶馆有限公司',
    type: '增值税电子普通发票',
  },
} as const;

export async function uploadedPdf({ call }: Stage): Promise<string> {
  return (await call('invoice.uploadPdf', { pdf })).s_media_id;
}

async function insertion(stage: Stage) {
  await authorized(stage);
  const { card_id } = await stage.call('invoice.createTemplate', template);
  const invoice_user_data = {
    fee: 1_100,
    title: '样例公司',
    billing_time: 1_474_875_876,
    billing_no: '00000001',
    billing_code: '044001900111',
    info: [{ name: '茶', num: 1, unit: '盒', price: 1_100 }],
    fee_without_tax: 1_000,
    tax: 100,
    check_code: '00000000000000000001',
    s_pdf_media_id: await uploadedPdf(stage),
  };
  const card_ext = { nonce_str: 'nonce', user_card: { invoice_user_data } };
  return { order_id: order.order_id, card_id, appid: 'wx0123456789abcdef', card_ext };
}

/** WeChat's page for choosing invoices gives out the encrypted code; the emulator takes either. */
async function inserted(stage: Stage) {
  const request = await insertion(stage);
  const { code } = await stage.call('invoice.insert', request);
  return { card_id: request.card_id, encrypt_code: code };
}

const face = { title: '样例公司', billing_no: '00000001', fee: 1_100 } as const;

export const invoice: SamplesOf<'invoice'> = {
  async settings({ call }) {
    await call('invoice.settings', { action: 'set_contact', contact });
    return { request: { action: 'get_contact' }, answer: { contact } };
  },
  getPlatformUrl: { request: {}, answer: { invoice_url: /s_pappid=d3wx\w+/ } },
  async getPageUrl(stage) {
    return { request: await pageRequest(stage), answer: { auth_url: /^https:/ } };
  },
  async getAuthorization(stage) {
    await authorized(stage);
    return { request: order, answer: { invoice_status: 'auth success' } };
  },
  async refuse(stage) {
    await authorized(stage);
    return { request: { ...order, reason: '重复开票' }, answer: { errcode: 0 } };
  },
  createTemplate: { request: template, answer: { card_id: /^p\S+/ } },
  uploadPdf: { request: { pdf }, answer: { s_media_id: /\S/ } },
  async getPdf(stage) {
    return {
      request: { action: 'get_url', s_media_id: await uploadedPdf(stage) },
      answer: { pdf_url: /^http\S+\.pdf$/, pdf_url_expire_time: 7_200 },
    };
  },
  async insert(stage) {
    return { request: await insertion(stage), answer: { code: /\S/, openid: ann } };
  },
  async setStatus(stage) {
    const { card_id, encrypt_code: code } = await inserted(stage);
    const reimburse_status = 'INVOICE_REIMBURSE_CANCEL';
    return { request: { card_id, code, reimburse_status }, answer: { errcode: 0 } };
  },
  async get(stage) {
    const request = await inserted(stage);
    return { request, answer: { openid: ann, payee: '样例茶馆有限公司', user_info: face } };
  },
  async getMany(stage) {
    const request = { item_list: [await inserted(stage)] };
    return { request, answer: { item_list: [{ openid: ann, user_info: face }] } };
  },
  async setReimburseStatus(stage) {
    const reimburse_status = 'INVOICE_REIMBURSE_LOCK';
    return { request: { ...(await inserted(stage)), reimburse_status }, answer: { errcode: 0 } };
  },
  async setReimburseStatuses(stage) {
    const invoice_list = [await inserted(stage)];
    const reimburse_status = 'INVOICE_REIMBURSE_LOCK';
    return { request: { openid: ann, reimburse_status, invoice_list }, answer: { errcode: 0 } };
  },
  getTitleUrl: {
    request: { user_fill: 0, title: '样例公司', tax_no: '91440101000000000X' },
    answer: { url: /^https:/ },
  },
  getTitleChoiceUrl: {
    request: { attach: 'table-7', biz_name: '样例茶馆' },
    answer: { url: /table-7/ },
  },
  async readTitle({ control }) {
    const result = { title_type: 0, title: '样例公司', tax_no: '91440101000000000X' } as const;
    await control('PUT', '/emulator/recognitions', { endpoint: 'invoice.readTitle', result });
    return { request: { scan_text: '$01sample$' }, answer: result };
  },
};
