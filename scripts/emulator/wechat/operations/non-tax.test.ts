import { expect, test } from '@jest/globals';
import { account } from '../api-fixture.ts';
import { createContentApi } from '../content-fixture.ts';

const { appid } = account;
const office = { department_code: '040', region_code: '440100' };
const item = { no: 1, item_id: '1', item_name: 'i', overdue: 0, penalty: 0, fee: 100 };
const order = {
  ...office,
  appid,
  openid: 'oAnn',
  desc: 'd',
  fee: 100,
  items: [item],
  department_name: 'n',
  payment_notice_no: 'notice-1',
  payment_notice_create_time: 1,
  mch_id: '19',
  ip: '203.0.113.7',
  scene: 'biz',
};

async function createNonTaxApi() {
  const api = await createContentApi();
  const pay = (order_id: unknown) =>
    api.call('/emulator/non-tax/payments', { method: 'POST', body: JSON.stringify({ order_id }) });
  const status = async (order_id: unknown) =>
    (await api.post('/nontax/getorder', { appid, order_id })).status;
  return { ...api, pay, status };
}

test.each([
  [{ appid: 'wxother' }, 40013],
  [{ appid: undefined }, 41002],
  [{ fee: 99 }, 40097],
  [{ items: [], fee: 0 }, 40097],
  [{ payment_notice_no: undefined }, 41011],
  [{ openid: undefined }, 41009],
  [{ openid: undefined, trade_type: 'MWEB' }, 0],
  [{ ip: undefined }, 41011],
  [{ items: [{ ...item, fee: '100' }] }, 47001],
  [{ items: [{ ...item, penalty: '0' }] }, 47001],
  [{ items: [{ no: 1, item_id: '1', item_name: 'i', overdue: 0, fee: 100 }] }, 0],
])('an order: %j gives %i', async (change, errcode) => {
  const { post } = await createNonTaxApi();

  expect((await post('/nontax/unifiedorder', { ...order, ...change })).errcode).toBe(errcode);
});

test('an order is paid, and paid back in parts, never more than was paid', async () => {
  const { post, pay, status } = await createNonTaxApi();
  const { order_id } = await post('/nontax/unifiedorder', order);
  const refund = (more: object) =>
    post('/nontax/refund', { appid, order_id, reason: 'r', ...more });

  expect(await status(order_id)).toBe(1);
  expect((await refund({})).errcode).toBe(40097);
  await pay(order_id);
  expect(await status(order_id)).toBe(3);
  expect((await refund({ refund_fee: 40 })).errcode).toBe(41011);
  const part = await refund({ refund_fee: 40, refund_out_id: 'one' });
  expect(await refund({ refund_fee: 40, refund_out_id: 'one' })).toEqual(part);
  expect((await refund({ refund_fee: 61, refund_out_id: 'two' })).errcode).toBe(40097);
  expect(await status(order_id)).toBe(3);
  expect((await refund({})).errcode).toBe(0);
  expect(await post('/nontax/getorder', { appid, order_id })).toMatchObject({
    status: 5,
    partial_refund_info: [{ refund_fee: 40 }, { refund_fee: 60 }],
  });
  expect((await refund({})).errcode).toBe(40097);
});

test('who shows a code pays at once, and only once', async () => {
  const { post, status } = await createNonTaxApi();
  const { openid: _, ip: __, scene: ___, ...terms } = order;
  const pay = (more: object) =>
    post('/nontax/micropay', { ...terms, auth_code: '130000000000000000', ...more });

  expect((await pay({ auth_code: '160000000000000000' })).errcode).toBe(40097);
  const { order_id } = await pay({});
  expect(await status(order_id)).toBe(3);
  expect(await pay({ order_id })).toMatchObject({ order_id });
  const { order_id_list: list } = await post('/nontax/getorderlist', {
    appid,
    ...office,
    payment_notice_no: 'notice-1',
  });
  expect(list).toEqual([order_id]);
});

test('a statement has the orders of a merchant on a day of Beijing', async () => {
  const { post, pay, fetch } = await createNonTaxApi();
  const { order_id: paid } = await post('/nontax/unifiedorder', order);
  await post('/nontax/unifiedorder', order);
  await post('/nontax/unifiedorder', { ...order, mch_id: '20' });
  await pay(paid);
  const statement = async (more: object) => {
    const body = JSON.stringify({ appid, mch_id: '19', bill_date: '20260101', ...more });
    return (await fetch('/nontax/downloadbill', {}, { method: 'POST', body })).text();
  };

  expect((await statement({})).trim().split('\n')).toHaveLength(3);
  expect((await statement({ bill_type: 'SUCCESS' })).trim().split('\n')[1]).toMatch(
    `${paid},100,3,`,
  );
  expect((await statement({ bill_type: 'REFUND' })).trim()).toBe('order_id,fee,status,create_time');
  expect(JSON.parse(await statement({ bill_date: '2026-01-01' }))).toMatchObject({
    errcode: 40097,
  });
});

const template = { payee: '样例财政局', base_info: { logo_url: 'https://example.com/logo' } };

test.each([
  [template, 0],
  [{ invoice_info: template }, 0],
  [{ invoice_info: { ...template, payee: '' } }, 72031],
  [{ invoice_info: [template] }, 47001],
])('the template of a bill: %j gives %i', async (body, errcode) => {
  const { post } = await createNonTaxApi();

  expect((await post('/nontax/createbillcard', body)).errcode).toBe(errcode);
});

test('a notice of payment that no authority wrote is not found', async () => {
  const { post } = await createNonTaxApi();
  const ask = { ...office, appid, service_id: 1, payment_notice_no: 'notice-1' };

  expect((await post('/nontax/queryfee', ask)).errcode).toBe(40097);
  const test = { appid, url: 'nowhere', version: 1 };
  expect((await post('/nontax/mockqueryfee', test)).errcode).toBe(40097);
});
