import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openProxyFixture, type Sent } from '../../scripts/testing/proxy/proxy-fixture.ts';
import type { Store } from '../store/store.ts';

const get: Sent = { path: '/v1/cgi-bin/getcallbackip' };

/** Counts calls to the limits alone. */
function counted() {
  const calls = { limits: 0, all: 0 };
  const count = (collection: { readonly name: string }) => {
    calls.all += 1;
    if (collection.name === 'proxy-limits') calls.limits += 1;
  };
  const store = (inner: Store): Store => ({
    ...inner,
    get: (collection, id) => {
      count(collection);
      return inner.get(collection, id);
    },
    create: (collection, doc) => {
      count(collection);
      return inner.create(collection, doc);
    },
    replaceIf: (collection, doc, rev) => {
      count(collection);
      return inner.replaceIf(collection, doc, rev);
    },
  });
  return { calls, store };
}

describe('rates', () => {
  test('a burst passes, then as many as the rate gives; the rest is told when to come again', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { perSecond: 2, burst: 5 });
    const passed = async (count: number) => {
      const answers = [];
      for (let n = 0; n < count; n += 1) answers.push(await proxy.asClient('crm', get));
      return answers.filter(({ status }) => status === 200).length;
    };

    expect(await passed(20)).toBe(5);
    expect(await proxy.asClient('crm', get)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1' },
      json: { error: { code: 'rate_limited', details: { reason: 'too_fast' } } },
    });
    await proxy.clock.advance(3_000);
    expect(await passed(20)).toBe(5);
  });

  test('hold over many instances, whatever they do and whenever, and in every stretch of time', async () => {
    const step = fc.record({
      instance: fc.nat({ max: 4 }),
      pauseMs: fc.oneof(fc.constant(0), fc.nat({ max: 300 }), fc.nat({ max: 5_000 })),
    });
    const [perSecond, burst, shareSeconds] = [5, 8, 2];

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 120 }), async (steps) => {
        const proxy = openProxyFixture();
        await proxy.add('crm', { perSecond, burst });
        const instances = Array.from({ length: 5 }, () => proxy.instance());
        const granted: number[] = [];
        const startedAt = proxy.clock.now();
        for (const { instance, pauseMs } of steps) {
          await proxy.clock.advance(pauseMs);
          const { status } = await proxy.asClient('crm', get, { main: instances[instance] });
          if (status === 200) granted.push(proxy.clock.now());
        }

        const seconds = (proxy.clock.now() - startedAt) / 1_000;
        expect(granted.length).toBeLessThanOrEqual(burst + perSecond * seconds);
        for (const [first, from] of granted.entries()) {
          for (const [offset, to] of granted.slice(first).entries()) {
            const limit = burst + perSecond * ((to - from) / 1_000 + shareSeconds);
            expect(offset + 1).toBeLessThanOrEqual(limit);
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  test('cost a store call for a share, not for a call, and none while there is nothing to have', async () => {
    const { calls, store } = counted();
    const proxy = openProxyFixture({ store });
    await proxy.add('crm', { perSecond: 100, burst: 200 });
    for (let n = 0; n < 200; n += 1) {
      await proxy.asClient('crm', get);
      await proxy.clock.advance(20);
    }
    const granted = calls.limits;
    await proxy.add('slow', { perSecond: 1, burst: 1 });
    calls.limits = 0;
    for (let n = 0; n < 200; n += 1) {
      await proxy.asClient('slow', get);
      await proxy.clock.advance(2);
    }

    expect(granted).toBeLessThan(20);
    expect(calls.limits).toBeLessThan(6);
  });

  test('one client does not slow another', async () => {
    const proxy = openProxyFixture();
    await proxy.add('loud', { perSecond: 1, burst: 1 });
    await proxy.add('quiet');
    for (let n = 0; n < 10; n += 1) await proxy.asClient('loud', get);

    expect((await proxy.asClient('quiet', get)).status).toBe(200);
  });
});

describe('budgets', () => {
  const often = { perSecond: 1_000, burst: 10_000 };
  const passed = async (count: number, ask: () => Promise<{ status: number }>) => {
    let good = 0;
    for (let n = 0; n < count; n += 1) if ((await ask()).status === 200) good += 1;
    return good;
  };

  test('of a day and a pattern, never more over all instances; renewed at midnight in Beijing', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { ...often, budgets: [{ pattern: '*:read', perDay: 40 }] });
    const instances = [proxy.instance(), proxy.instance(), proxy.instance()];
    let turn = 0;
    const ask = () => {
      turn += 1;
      return proxy.asClient('crm', get, { main: instances[turn % 3] });
    };

    expect(await passed(100, ask)).toBe(40);
    const refused = await ask();
    expect(refused).toMatchObject({
      status: 429,
      json: { error: { details: { reason: 'budget', budget: '*:read', perDay: 40 } } },
    });
    // 12:00 in Beijing.
    expect(Number(refused.headers['retry-after'])).toBe(12 * 3_600);
    await proxy.clock.advance(12 * 3_600_000 + 1);
    expect(await passed(100, ask)).toBe(40);
  });

  test("one client cannot use up the account's day: half of each allowance, or what was agreed", async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', often);
    await proxy.add('shop', { ...often, quotaShare: 0.1 });
    await proxy.add('menu', { ...often, budgets: [{ pattern: 'draft.get', perDay: 7 }] });
    const ask = (client: string) => () => {
      proxy.instead.push(async () => Response.json({ news_item: [] }));
      return proxy.asClient(client, { method: 'POST', path: '/v1/cgi-bin/draft/get', body: '{}' });
    };

    // draft.get: 500 a day.
    expect(await passed(300, ask('crm'))).toBe(250);
    expect(await passed(60, ask('shop'))).toBe(50);
    expect(await passed(10, ask('menu'))).toBe(7);
    expect(
      await proxy.asClient('crm', { method: 'POST', path: '/v1/cgi-bin/draft/get', body: '{}' }),
    ).toMatchObject({
      json: { error: { details: { reason: 'quota' } } },
    });
  });

  test('what was refused is not counted, and usage says what was', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { ...often, budgets: [{ pattern: 'network.*', perDay: 3 }] });
    const sent = proxy.signed('crm', get);
    await proxy.ask(sent);
    for (let n = 0; n < 10; n += 1) expect((await proxy.ask(sent)).status).toBe(401);

    expect(await passed(5, () => proxy.asClient('crm', get))).toBe(2);
    expect(await proxy.management.usage('crm')).toEqual([
      {
        id: 'crm',
        day: '2026-01-01',
        counters: expect.arrayContaining([{ name: 'network.*', used: 3 }]),
      },
    ]);
    await expect(proxy.management.usage('nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('when the account itself has nothing left, WeChat is let alone', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', often);
    proxy.instead.push(async () =>
      Response.json({ errcode: 45009, errmsg: 'reach max api daily quota limit' }),
    );
    expect((await proxy.asClient('crm', get)).json).toMatchObject({ errcode: 45009 });

    expect(await proxy.asClient('crm', get)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '600' },
    });
    expect(proxy.seen).toHaveLength(1);
    await proxy.clock.advance(600_000);
    expect((await proxy.asClient('crm', get)).status).toBe(200);
  });
});

describe('the circuit breaker', () => {
  test('holds calls of a class back while WeChat fails, tries again, and closes', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { perSecond: 1_000, burst: 1_000 });
    const menu: Sent = { method: 'POST', path: '/v1/cgi-bin/menu/addconditional', body: '{}' };
    const fail = () => proxy.instead.push(async () => new Response('', { status: 503 }));
    const ask = () => proxy.asClient('crm', menu);

    for (let n = 0; n < 5; n += 1) {
      fail();
      expect((await ask()).status).toBe(502);
    }
    expect(await ask()).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(proxy.seen).toHaveLength(5);
    expect((await proxy.asClient('crm', get)).status).toBe(200);

    await proxy.clock.advance(5_000);
    fail();
    expect((await ask()).status).toBe(502);
    expect(await ask()).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    await proxy.clock.advance(10_000);
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
  });
});
