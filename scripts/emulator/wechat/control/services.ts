import type { Hono } from 'hono';
import * as v from 'valibot';
import { endpointByName } from '../../../../shared/wechat/catalogue/endpoints.ts';
import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import type { NonTaxFee } from '../../../../shared/wechat/catalogue/non-tax.ts';
import { secondsOf } from '../state/calendar.ts';
import type { World } from '../world.ts';
import { BadRequest, read } from './body.ts';

const text = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const cardTypes = ['CASH', 'DISCOUNT', 'GIFT', 'GENERAL_COUPON', 'GROUPON', 'MEMBER_CARD'] as const;

const schemas = {
  applications: v.strictObject({ withheld: v.array(text) }),
  recognition: v.strictObject({
    endpoint: text,
    result: v.nullable(v.record(v.string(), v.unknown())),
  }),
  card: v.strictObject({ card_type: v.picklist(cardTypes), title: text }),
  wish: v.strictObject({ s_pappid: text, order_id: text, openid: text }),
  scan: v.strictObject({ code: text, openid: text }),
  audit: v.strictObject({ status: v.picklist([2, 3]), reason: v.optional(v.string(), '') }),
  notice: v.looseObject({
    payment_notice_no: text,
    department_code: text,
    fee: count,
    items: v.array(v.looseObject({})),
  }),
  payment: v.strictObject({ order_id: text, openid: v.optional(text) }),
  cloud: v.strictObject({
    allowed: v.optional(v.nullable(v.array(v.pipe(v.string(), v.startsWith('/'))))),
    isRelayOn: v.optional(v.boolean()),
  }),
  cloudToken: v.strictObject({ refuse: v.optional(v.boolean(), false) }),
  raw: v.strictObject({
    path: v.pipe(v.string(), v.startsWith('/')),
    method: v.optional(v.picklist(['GET', 'POST', '*']), '*'),
    status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)), 200),
    contentType: v.optional(text),
    json: v.optional(v.unknown()),
    text: v.optional(v.string()),
  }),
};

/** What a tester may say of pictures, invoices, codes, stores, payments, and of unknown paths. */
export function addServiceControls(app: Hono, world: World): void {
  const { applications, recognitions, invoices, itemCodes, miniProgramStores } = world;
  const { nonTaxOrders, rawAnswers, cloudAccess } = world;

  app.put('/applications', async (context) => {
    const { withheld } = await read(context.req.raw, schemas.applications);
    applications.withhold(withheld);
    return context.json({ withheld });
  });
  app.get('/cloud', (context) => context.json(cloudAccess.settings()));
  app.put('/cloud', async (context) => {
    const { allowed, isRelayOn } = await read(context.req.raw, schemas.cloud);
    cloudAccess.set({
      ...(allowed === undefined ? {} : { allowed }),
      ...(isRelayOn === undefined ? {} : { isRelayOn }),
    });
    return context.json(cloudAccess.settings());
  });
  app.post('/cloud/token', async (context) => {
    const { refuse } = await read(context.req.raw, schemas.cloudToken);
    if (refuse) cloudAccess.refuse();
    else cloudAccess.replace();
    return context.json({ ok: true });
  });
  app.put('/recognitions', async (context) => {
    const { endpoint, result } = await read(context.req.raw, schemas.recognition);
    if (!endpointByName(endpoint)) throw new BadRequest(`No endpoint has the name ${endpoint}.`);
    recognitions.tell(endpoint as EndpointName, result ?? undefined);
    return context.json({ endpoint, result });
  });

  app.put('/cards/:id', async (context) => {
    const id = context.req.param('id');
    const { card_type, title } = await read(context.req.raw, schemas.card);
    const base_info = {
      id,
      title,
      brand_name: 'Emulated',
      logo_url: 'http://mmbiz.qpic.cn/mmbiz/emulated/0',
      status: 'CARD_STATUS_VERIFY_OK',
      sku: { quantity: 100, total_quantity: 100 },
    } as const;
    const card = { card_type, [card_type.toLowerCase()]: { base_info } };
    world.cards.put(id, card);
    return context.json(card);
  });
  app.post('/invoices/authorize', async (context) => {
    const order = await read(context.req.raw, schemas.wish);
    const wish = invoices.findWish(order.order_id, order.s_pappid);
    if (!wish) throw new BadRequest(`No page was made for the order ${order.order_id}.`);
    const { openid } = order;
    invoices.changeWish(wish, { openid, authorizedAt: secondsOf(world.clock.now()) });
    await world.announcements.announce({
      openid,
      type: 'event',
      Event: 'user_authorize_invoice',
      SuccOrderId: wish.orderId,
      FailOrderId: '',
      AppId: world.account.appid,
      Source: 'web',
    });
    return context.json({ ok: true });
  });
  app.post('/item-codes/scan', async (context) => {
    const { code, openid } = await read(context.req.raw, schemas.scan);
    if (!itemCodes.placeOf(code)) throw new BadRequest(`There is no code ${code}.`);
    return context.json({ code_ticket: itemCodes.scan(code, openid) });
  });
  app.post('/store-audits', async (context) => {
    const outcome = await read(context.req.raw, schemas.audit);
    miniProgramStores.setNextOutcome(outcome);
    return context.json(outcome);
  });

  app.post('/non-tax/notices', async (context) => {
    const notice = await read(context.req.raw, schemas.notice);
    // The tester plays the authority, and knows the rest of what it would write.
    nonTaxOrders.addNotice(notice as unknown as NonTaxFee);
    return context.json(notice);
  });
  app.post('/non-tax/payments', async (context) => {
    const { order_id, openid } = await read(context.req.raw, schemas.payment);
    const order = nonTaxOrders.find(order_id);
    if (!order) throw new BadRequest(`There is no order ${order_id}.`);
    nonTaxOrders.pay(order, openid);
    return context.json({ ok: true });
  });

  app.get('/raw', (context) => context.json(rawAnswers.list()));
  app.post('/raw', async (context) => {
    const { json, text: plain, ...order } = await read(context.req.raw, schemas.raw);
    const { path, method, status, contentType } = order;
    const body = plain ?? JSON.stringify(json ?? { errcode: 0, errmsg: 'ok' });
    rawAnswers.tell({ path, method, status, contentType, body });
    return context.json(rawAnswers.list());
  });
  app.delete('/raw', (context) => {
    rawAnswers.clear();
    return context.json([]);
  });
}
