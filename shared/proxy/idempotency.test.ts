import { describe, expect, test } from '@jest/globals';
import { openProxyFixture, type ProxyFixture } from '../../scripts/testing/proxy/proxy-fixture.ts';
import { AppError } from '../kernel/errors.ts';

const send = (key: string, content = '你好', path = '/v1/cgi-bin/message/custom/send') => ({
  method: 'POST',
  path,
  body: JSON.stringify({ touser: 'oAnn', msgtype: 'text', text: { content } }),
  headers: { 'idempotency-key': key },
});
const sends = (proxy: ProxyFixture) => proxy.wechat.sentTo('oAnn').length;

async function open() {
  const proxy = openProxyFixture();
  await proxy.add('crm');
  await proxy.add('erp');
  proxy.wechat.followers.note({ openid: 'oAnn', type: 'subscribe' } as never);
  proxy.wechat.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
  return proxy;
}

describe('a send with an idempotency key', () => {
  test('is made once, and every repeat gets its answer, on every instance', async () => {
    const proxy = await open();
    const first = await proxy.asClient('crm', send('order-1001'));
    const repeats = [
      await proxy.asClient('crm', send('order-1001')),
      await proxy.asClient('crm', send('order-1001'), { main: proxy.instance() }),
    ];

    expect(first.json).toMatchObject({ errcode: 0 });
    for (const { text, headers } of repeats) {
      expect(text).toBe(first.text);
      expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
    }
    expect(sends(proxy)).toBe(1);
  });

  test('is made by one of those that come at once', async () => {
    const proxy = await open();
    const mains = Array.from({ length: 4 }, () => proxy.instance());

    const answers = await Promise.all(
      mains.map((main) => proxy.asClient('crm', send('order-1002'), { main })),
    );

    expect(sends(proxy)).toBe(1);
    for (const { status } of answers) expect([200, 409]).toContain(status);
  });

  test('is another with another key, or of another client', async () => {
    const proxy = await open();
    await proxy.asClient('crm', send('order-1003'));
    await proxy.asClient('crm', send('order-1004'));
    await proxy.asClient('erp', send('order-1003'));

    expect(sends(proxy)).toBe(3);
  });

  test('does not serve for another call', async () => {
    const proxy = await open();
    await proxy.asClient('crm', send('order-1005'));

    expect(await proxy.asClient('crm', send('order-1005', 'other'))).toMatchObject({
      status: 409,
      json: { error: { details: { reason: 'key_reused' } } },
    });
    expect((await proxy.asClient('crm', send('short'))).status).toBe(400);
    expect(sends(proxy)).toBe(1);
  });

  test('may be tried again when WeChat said no', async () => {
    const proxy = await open();
    proxy.instead.push(async () =>
      Response.json({ errcode: 45047, errmsg: 'out of response count limit' }),
    );

    expect((await proxy.asClient('crm', send('order-1006'))).json).toMatchObject({
      errcode: 45047,
    });
    expect((await proxy.asClient('crm', send('order-1006'))).json).toMatchObject({ errcode: 0 });
    expect(sends(proxy)).toBe(1);
  });

  test('is not made again when nobody knows what became of it', async () => {
    const proxy = await open();
    proxy.instead.push(async () => {
      throw new AppError('timeout', 'No answer.', { details: { outcome: 'unknown' } });
    });
    expect((await proxy.asClient('crm', send('order-1007'))).status).toBe(504);

    expect(await proxy.asClient('crm', send('order-1007'))).toMatchObject({
      status: 409,
      json: { error: { details: { reason: 'outcome_unknown', outcome: 'unknown' } } },
    });
    expect(sends(proxy)).toBe(0);
  });

  test('is not made again after a system error of WeChat, which says nothing', async () => {
    const proxy = await open();
    proxy.instead.push(async () => Response.json({ errcode: -1, errmsg: 'system error' }));
    expect((await proxy.asClient('crm', send('order-1009'))).json).toMatchObject({ errcode: -1 });

    expect(await proxy.asClient('crm', send('order-1009'))).toMatchObject({
      status: 409,
      json: { error: { details: { reason: 'outcome_unknown' } } },
    });
  });

  test('of an instance that died is told as being made, then as unknown', async () => {
    const proxy = await open();
    let arrived = () => {};
    const underway = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    proxy.instead.push(() => {
      arrived();
      return new Promise(() => {});
    });
    void proxy.asClient('crm', send('order-1008'), { main: proxy.instance() });
    await underway;

    const reason = async () =>
      Object((await proxy.asClient('crm', send('order-1008'))).json.error?.details).reason;
    expect(await reason()).toBe('in_progress');
    await proxy.clock.advance(91_000);
    expect(await reason()).toBe('outcome_unknown');
  });

  test('costs nothing where a repeat does no harm anyway', async () => {
    const proxy = await open();
    const menu = {
      method: 'GET',
      path: '/v1/cgi-bin/menu/delete',
      headers: { 'idempotency-key': 'abcdefgh' },
    };

    await proxy.asClient('crm', menu);
    const again = await proxy.asClient('crm', menu);

    expect(again.headers['idempotent-replayed']).toBeUndefined();
    expect(proxy.seen).toHaveLength(2);
  });
});
