import { describe, expect, test } from '@jest/globals';
import { createAccountFixture } from '../../../scripts/testing/account-fixture.ts';
import type { Context } from '../../account/context.ts';
import { endOfChain } from '../../account/middleware.ts';
import { chinaDay } from '../../kernel/china-time.ts';
import { scanCollection } from '../../outreach/index.ts';
import type { Message } from '../../wechat/message/message.ts';
import { recordEvents } from './record-events.ts';

async function setUp() {
  const fixture = await createAccountFixture();
  const { followers, store, clock, log, traceOf } = fixture;
  const erased: string[] = [];
  const handled: string[] = [];
  const options = {
    ...{ store, clock, traceOf },
    random: () => 0,
    erase: async (openid: string) => void erased.push(openid),
  };
  const handle = recordEvents(options, async () => {
    handled.push(`${(await followers.count(undefined)).followers} followers`);
  });
  async function receive(message: Partial<Message>) {
    const full = { openid: 'oAlice', createdAt: clock.now(), ...message };
    const ctx = { message: full, log } as Context;
    await handle(ctx, endOfChain);
  }
  return { ...fixture, handled, erased, receive };
}

test('a follower who comes or goes is recorded before the handlers run', async () => {
  const { receive, handled, erased } = await setUp();

  await receive({ type: 'event', event: 'subscribe', key: undefined, ticket: undefined });
  await receive({ type: 'event', event: 'unsubscribe' });

  expect(handled).toEqual(['1 followers', '0 followers']);
  expect(erased).toEqual(['oAlice']);
});

test('the scene of the QR code that a follower came by is recorded with them', async () => {
  const { receive, followers } = await setUp();

  await receive({ type: 'event', event: 'subscribe', key: 'shop-12', ticket: 'T' });
  await receive({ type: 'event', event: 'subscribe', openid: 'oBob001', key: undefined });

  expect([...(await followers.countByQrcode(undefined))]).toEqual([['shop-12', 1]]);
});

describe('a scan of a code', () => {
  const scan = (key: string) => ({ type: 'event', event: 'SCAN', key }) as Partial<Message>;

  test('that was made here is counted by day, with those who follow by it', async () => {
    const { receive, outreach, clock, followers } = await setUp();
    await outreach.qrcodes.create({ scene: 'shop-12', permanent: false, days: 30 } as never);
    const today = chinaDay(clock.now());

    await receive(scan('shop-12'));
    await receive(scan('shop-12'));
    await clock.advance(86_400_000);
    await receive({ type: 'event', event: 'subscribe', key: 'shop-12' } as Partial<Message>);
    await receive({
      type: 'event',
      event: 'subscribe',
      key: 'shop-12',
      openid: 'oBob001',
    } as never);
    await receive({ type: 'event', event: 'unsubscribe', openid: 'oBob001' });

    const stay = await followers.followsByQrcode(today);
    expect((await outreach.qrcodes.byDay([today, today + 1], stay)).scenes).toEqual([
      { scene: 'shop-12', scans: [2, 2], follows: [0, 2], stay: [0, 1] },
    ]);
  });

  test('costs one query in a minute where no code was made here, or not this one', async () => {
    const { receive, counts, outreach, clock, store } = await setUp();
    await receive(scan('login-1'));
    await receive(scan('login-2'));
    // One is that of the counter, the others those of the handlers.
    expect(counts).toEqual({ reads: 0, queries: 1 + 2, writes: 0, transactions: 0 });

    await outreach.qrcodes.create({ scene: 'shop-12', permanent: false, days: 30 } as never);
    await clock.advance(60_000);
    await receive(scan('login-3'));
    await receive(scan('login-3'));
    expect(counts).toMatchObject({ queries: 3 + 2 + 2, writes: 1 });
    await receive(scan('shop-12'));
    await receive(scan('shop-12'));
    expect(counts).toMatchObject({ queries: 7 + 1 + 2, writes: 1 + 2 });
    expect(await store.count(scanCollection, 'all')).toBe(1);
  });

  test('is forgotten after ninety days', async () => {
    const { receive, outreach, clock, store } = await setUp();
    await outreach.qrcodes.create({ scene: 'shop-12', permanent: true, days: 30 } as never);
    await receive(scan('shop-12'));
    const days = async (count: number) => {
      await clock.advance(count * 86_400_000);
      return store.removeExpired(scanCollection, 10);
    };

    expect(await days(88)).toBe(0);
    expect(await days(2)).toBe(1);
  });
});

test('any other message costs nothing', async () => {
  const { receive, counts } = await setUp();

  await receive({ type: 'text' });
  await receive({ type: 'event', event: 'CLICK', key: 'A' });

  // The two queries are those of the handlers.
  expect(counts).toEqual({ reads: 0, queries: 2, writes: 0, transactions: 0 });
});

test('a store that fails keeps no event from the handlers, and the log says so', async () => {
  const { receive, fails, lines, handled } = await setUp();
  fails.reads = new Error('the store is down');

  await receive({ type: 'event', event: 'subscribe', key: undefined, ticket: undefined });

  expect(handled).toEqual(['0 followers']);
  expect(lines.join()).toContain('event not noted');
});

test('who closes their WeChat account is no follower any more, though WeChat sends the event', async () => {
  const { receive, handled } = await setUp();
  await receive({ type: 'event', event: 'subscribe', key: undefined, ticket: undefined });

  await receive({
    type: 'event',
    event: 'user_authorization_cancellation',
    openid: 'oPushService',
    userOpenid: 'oAlice',
  });

  expect(handled).toEqual(['1 followers', '0 followers']);
});
