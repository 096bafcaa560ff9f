import { describe, expect, test } from '@jest/globals';
import * as wecom from '@wecom/crypto';
import { createFakeClock } from '../../../testing/fake-clock.ts';
import { ordinary } from './ordinary.ts';
import { createPush, FAULT_NOTICE, type PushOptions } from './push.ts';
import {
  account,
  always,
  inMode,
  type Listener,
  NOW,
  OPENID,
  sealed,
  sendTo,
  textReply,
  withCallback,
} from './push-fixture.ts';
import { childOf, readXml } from './xml-reader.ts';

describe('while no answer comes', () => {
  /** Answers from memory by turns; `silence` hangs until WeChat hangs up, as a real fetch would. */
  function fetchBy(turns: readonly (string | 'silence' | Error)[], urls: string[] = []) {
    const fetch = (url: string, init: RequestInit) =>
      new Promise<Response>((resolve, reject) => {
        const turn = turns[urls.length] ?? 'silence';
        urls.push(url);
        if (turn instanceof Error) reject(turn);
        else if (turn !== 'silence') resolve(new Response(turn));
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    return fetch as unknown as typeof globalThis.fetch;
  }

  async function start(turns: Parameters<typeof fetchBy>[0], options: Partial<PushOptions> = {}) {
    const clock = createFakeClock(NOW);
    const urls: string[] = [];
    const push = createPush({
      account: inMode('safe'),
      callbackUrl: 'http://callback.test/',
      ...clock,
      now: clock.now,
      fetch: fetchBy(turns, urls),
      ...options,
    });
    const sending = push.send(ordinary.text(OPENID, 'hello'));
    return { clock, urls, push, sending };
  }

  test('the same message goes out three times, five seconds apart, newly signed each time', async () => {
    const { clock, urls, sending } = await start([]);
    await clock.advance(14_999);
    expect(urls).toHaveLength(3);
    await clock.advance(1);

    const { message, deliveries, outcome } = await sending;

    expect(outcome).toMatchObject({
      kind: 'fault',
      text: FAULT_NOTICE,
      reason: expect.stringMatching(/5000 ms/),
    });
    expect(deliveries.map(({ at }) => at - NOW)).toEqual([0, 5_000, 10_000]);
    expect(deliveries.every(({ ms, status }) => ms === 5_000 && status === undefined)).toBe(true);
    const stamps = urls.map((url) => new URL(url).searchParams);
    expect(new Set(stamps.map((query) => query.get('timestamp'))).size).toBe(3);
    expect(new Set(stamps.map((query) => query.get('msg_signature'))).size).toBe(3);
    for (const { requestBody } of deliveries) {
      const encrypted = childOf(readXml(requestBody), 'Encrypt')?.text ?? '';
      expect(wecom.decrypt(account.encodingAesKey, encrypted).message).toBe(message);
    }
    expect(clock.pending).toBe(0);
  });

  test('a good answer to a repeat is shown', async () => {
    const { clock, sending } = await start(['silence', 'silence', sealed(textReply())]);
    await clock.advance(10_000);

    const { deliveries, outcome } = await sending;

    expect(deliveries).toHaveLength(3);
    expect(outcome).toEqual({ kind: 'reply', reply: { type: 'text', content: 'hi' } });
    expect(clock.pending).toBe(0);
  });

  test('a broken connection counts as no answer, and the repeat keeps the pace', async () => {
    const { clock, urls, sending } = await start([new Error('ECONNREFUSED'), 'success']);
    await clock.advance(4_999);
    expect(urls).toHaveLength(1);
    await clock.advance(1);

    const { deliveries, outcome } = await sending;

    expect(outcome).toEqual({ kind: 'silent' });
    expect(deliveries[0]?.problem).toBe('no answer: ECONNREFUSED');
  });

  test('number and length of the waits can be set', async () => {
    const { clock, sending } = await start([], { deliveries: 2, timeoutMs: 100 });
    await clock.advance(200);

    expect((await sending).deliveries).toHaveLength(2);
  });

  test('a real callback that is too slow is cut off, also in the middle of its answer', async () => {
    const slow: Listener = (_request, response) => {
      response.writeHead(200).write('succ');
    };
    const { outcome, deliveries } = await sendTo(slow, 'plain', undefined, {
      now: Date.now,
      deliveries: 2,
      timeoutMs: 40,
    });

    expect(outcome).toMatchObject({ kind: 'fault', reason: 'no answer within 40 ms' });
    expect(deliveries).toHaveLength(2);
  });

  test('a port where nobody listens', async () => {
    const closed = await withCallback(always(''), async (url) => url);

    const { outcome } = await createPush({
      account: inMode('plain'),
      callbackUrl: closed,
      now: Date.now,
      deliveries: 1,
    }).send(ordinary.text(OPENID, 'x'));

    expect(outcome).toMatchObject({ kind: 'fault', reason: expect.stringMatching(/ECONNREFUSED/) });
  });

  test('MarkFail: after too many failures nothing goes out for a minute', async () => {
    const { clock, urls, push, sending } = await start(['{}', '{}', 'success'], {
      markFail: { after: 2 },
    });
    const send = () => push.send(ordinary.text(OPENID, 'x'));
    await sending;
    expect(push.markFail()).toEqual({ failures: 1 });
    await send();

    const blocked = await send();
    expect(push.markFail()).toEqual({ failures: 0, blockedUntil: NOW + 60_000 });
    expect(blocked).toMatchObject({ deliveries: [], outcome: { kind: 'fault' } });
    expect(urls).toHaveLength(2);

    await clock.advance(60_000);
    expect((await send()).outcome).toEqual({ kind: 'silent' });
  });
});
