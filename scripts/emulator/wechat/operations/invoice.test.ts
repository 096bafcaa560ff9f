import { expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';

const order = { s_pappid: 'd3platform', order_id: 'order-1' };
const settings = (action: string) => `/card/invoice/setbizattr?action=${action}`;

async function createInvoiceApi() {
  const api = await createContentApi();
  const token = await api.tokenQuery();
  const set = (action: string, body: object = {}) =>
    api.call(`${settings(action)}&${token}`, { method: 'POST', body: JSON.stringify(body) });
  const { ticket } = await api.get('/cgi-bin/ticket/getticket', { type: 'wx_card' });
  const page = (change: object = {}) =>
    api.post('/card/invoice/getauthurl', {
      ...order,
      money: 1,
      timestamp: 1,
      source: 'web',
      type: 0,
      ticket,
      ...change,
    });
  const authorize = (openid: string) =>
    api.call('/emulator/invoices/authorize', {
      method: 'POST',
      body: JSON.stringify({ ...order, openid }),
    });
  async function uploadPdf(content = '%PDF-1.7') {
    const form = new FormData();
    form.set('pdf', new Blob([content]), 'i.pdf');
    const init = { method: 'POST', body: form };
    const answer = await (await api.fetch('/card/invoice/platform/setpdf', {}, init)).json();
    return answer as { errcode: number; s_media_id: string };
  }
  async function template() {
    const base_info = { logo_url: 'http://mmbiz.qpic.cn/l', title: '茶馆' };
    const answer = await api.post('/card/invoice/platform/createcard', {
      invoice_info: { base_info, payee: '茶馆有限公司', type: '普通发票' },
    });
    return String(answer.card_id);
  }
  const insert = (card_id: string, s_pdf_media_id: string, billing_no = '1') =>
    api.post('/card/invoice/insert', {
      order_id: order.order_id,
      card_id,
      appid: 'wx1',
      card_ext: {
        nonce_str: 'n',
        user_card: {
          invoice_user_data: { fee: 1, title: 't', billing_time: 1, billing_no, s_pdf_media_id },
        },
      },
    });
  return { ...api, set, page, authorize, uploadPdf, template, insert };
}

test('a page needs a contact, and its fields where the follower fills them in', async () => {
  const { set, page } = await createInvoiceApi();

  expect((await set('get_contact')).errcode).toBe(72063);
  expect((await page()).errcode).toBe(72063);
  await set('set_contact', { contact: { time_out: 600, phone: '1' } });
  expect(await page()).toMatchObject({ errcode: 0, auth_url: expect.any(String) });
  expect((await page({ type: 1 })).errcode).toBe(72029);
  await set('set_auth_field', { auth_field: { user_field: {}, biz_field: {} } });
  expect((await page({ type: 1 })).errcode).toBe(0);
  expect((await page({ ticket: 'another' })).errcode).toBe(40097);
  expect((await page({ source: 'H5' })).errcode).toBe(40097);
  expect((await set('get_pay_mch')).errcode).toBe(72028);
  expect((await set('get_everything')).errcode).toBe(40097);
});

test('an invoice is for who asked for it, once, with a PDF that is there', async () => {
  const { set, page, authorize, uploadPdf, template, insert, events, post } =
    await createInvoiceApi();
  await set('set_contact', { contact: { time_out: 600, phone: '1' } });
  await page();
  const cardId = await template();
  const { s_media_id: pdf } = await uploadPdf();

  expect((await uploadPdf('a text')).errcode).toBe(72040);
  expect((await post('/card/invoice/getauthdata', order)).errcode).toBe(72038);
  expect((await insert(cardId, pdf)).errcode).toBe(72038);
  await authorize('oAnn');
  expect(events).toMatchObject([{ Event: 'user_authorize_invoice', openid: 'oAnn' }]);
  expect((await insert('another', pdf)).errcode).toBe(40073);
  expect((await insert(cardId, 'another')).errcode).toBe(72040);
  expect(await insert(cardId, pdf)).toMatchObject({ errcode: 0, openid: 'oAnn' });
  expect((await insert(cardId, pdf, '2')).errcode).toBe(72042);
  expect((await post('/card/invoice/rejectinsert', { ...order, reason: 'r' })).errcode).toBe(72042);
});

test('an order that was refused stays so', async () => {
  const { set, page, authorize, uploadPdf, template, insert, post } = await createInvoiceApi();
  await set('set_contact', { contact: { time_out: 600, phone: '1' } });
  await page();
  await authorize('oAnn');

  expect((await post('/card/invoice/rejectinsert', { ...order, reason: 'r' })).errcode).toBe(0);
  expect((await post('/card/invoice/getauthdata', order)).errcode).toBe(72035);
  expect((await insert(await template(), (await uploadPdf()).s_media_id)).errcode).toBe(72035);
});

test('a PDF that no invoice uses is gone after three days', async () => {
  const { uploadPdf, call, tokenQuery, clock, api } = await createInvoiceApi();
  const { s_media_id } = await uploadPdf('%PDF-1.7 content');
  const body = JSON.stringify({ action: 'get_url', s_media_id });
  const ask = async () =>
    call(`/card/invoice/platform/getpdf?${await tokenQuery()}`, { method: 'POST', body });

  const { pdf_url: url } = await ask();
  expect(await (await api.fetch(String(url))).text()).toBe('%PDF-1.7 content');
  await clock.advance(3 * 86_400_000);
  expect((await ask()).errcode).toBe(72040);
});

test('what was reimbursed stays so; of several invoices all change or none; the platform hears', async () => {
  const { set, page, authorize, uploadPdf, template, insert, post, events, clock } =
    await createInvoiceApi();
  await set('set_contact', { contact: { time_out: 600, phone: '1' } });
  await page();
  await authorize('oAnn');
  const card_id = await template();
  const { code } = await insert(card_id, (await uploadPdf()).s_media_id);
  const key = { card_id, encrypt_code: code };
  const status = async () => {
    const { user_info: info } = await post('/card/invoice/reimburse/getinvoiceinfo', key);
    return (info as { reimburse_status: string }).reimburse_status;
  };
  const all = (openid: string, keys: object[], reimburse_status: string) =>
    post('/card/invoice/reimburse/updatestatusbatch', {
      openid,
      reimburse_status,
      invoice_list: keys,
    });

  expect((await all('oBen', [key], 'INVOICE_REIMBURSE_LOCK')).errcode).toBe(72037);
  const missing = { card_id, encrypt_code: 'x' };
  expect((await all('oAnn', [key, missing], 'INVOICE_REIMBURSE_LOCK')).errcode).toBe(40056);
  const unknown = { card_id: 'x', encrypt_code: 'x' };
  expect((await all('oAnn', [key, unknown], 'INVOICE_REIMBURSE_LOCK')).errcode).toBe(40073);
  expect((await all('oAnn', [], 'INVOICE_REIMBURSE_LOCK')).errcode).toBe(72031);
  expect(await status()).toBe('INVOICE_REIMBURSE_INIT');
  expect((await all('oAnn', [key], 'INVOICE_REIMBURSE_CLOSURE')).errcode).toBe(72039);
  expect((await all('oAnn', [key], 'INVOICE_REIMBURSE_LOCK')).errcode).toBe(0);
  expect((await all('oAnn', [key], 'INVOICE_REIMBURSE_CLOSURE')).errcode).toBe(0);
  expect(await status()).toBe('INVOICE_REIMBURSE_CLOSURE');
  expect((await all('oAnn', [key], 'INVOICE_REIMBURSE_INIT')).errcode).toBe(72024);
  expect((await all('oAnn', [key], 'LOCKED')).errcode).toBe(72031);
  await clock.advance(1_000);
  expect(events.at(-1)).toMatchObject({
    Event: 'update_invoice_status',
    Status: 'INVOICE_REIMBURSE_CLOSURE',
    CardId: card_id,
    Code: code,
  });
});
