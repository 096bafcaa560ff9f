import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../../testing/fake-clock.ts';
import { type CallFunction, containerRoute, functionRoute } from './cloud-routes.ts';
import type { Notation } from './notation.ts';
import { ordinary } from './ordinary.ts';
import { createPush } from './push.ts';
import { always, inMode, type Listener, NOW, OPENID, withCallback } from './push-fixture.ts';
import { sampleEvent } from './samples.ts';

const account = inMode('safe');
const CLOCK = { now: () => NOW };
const reply = (fields: object = {}) =>
  JSON.stringify({
    ToUserName: OPENID,
    FromUserName: account.originalId,
    CreateTime: 1_767_225_600,
    MsgType: 'text',
    Content: 'hi',
    ...fields,
  });

function toContainer(listener: Listener, notation: Notation = 'json') {
  return withCallback(listener, async (url) => {
    const push = createPush({
      account,
      callbackUrl: url,
      now: CLOCK.now,
      route: (wire) =>
        containerRoute({
          account,
          url,
          notation,
          headers: () => ({ 'x-wx-source': 'other', 'x-wx-cloudbase-access-token': 'the token' }),
          wire,
        }),
    });
    return { check: await push.verifyUrl(), sent: await push.send(ordinary.text(OPENID, '你好')) };
  });
}

describe('a push into a container', () => {
  test('is the plain message in JSON, with an id of 64 bits and no signature', async () => {
    const { sent } = await toContainer(always(reply()));
    const [delivery] = sent.deliveries;

    expect(sent.message).toMatch(
      /^\{"ToUserName":"gh_test","FromUserName":"oFollower","CreateTime":1767225600,"MsgType":"text","Content":"你好","MsgId":\d{19}\}$/,
    );
    expect(delivery?.requestBody).toBe(sent.message);
    expect(new URL(delivery?.url ?? '').search).toBe('');
    expect(delivery?.requestHeaders).toMatchObject({
      'content-type': 'application/json',
      'x-wx-source': 'other',
      'x-wx-cloudbase-access-token': '***',
    });
    expect(sent.outcome).toEqual({ kind: 'reply', reply: { type: 'text', content: 'hi' } });
  });

  test('may be in XML', async () => {
    const { sent } = await toContainer(always('success'), 'xml');

    expect(sent.message).toContain('<MsgType><![CDATA[text]]></MsgType>');
    expect(sent.outcome).toEqual({ kind: 'silent' });
  });

  test('begins with the question whether the path is there', async () => {
    const seen: string[] = [];
    const { check } = await toContainer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push(body);
      response.end('success');
    });

    expect(seen[0]).toBe('{"action":"CheckContainerPath"}');
    expect(check.ok).toBe(true);
    expect((await toContainer(always('', 404))).check.ok).toBe(false);
    expect((await toContainer(always('hello'))).check.ok).toBe(false);
  });

  test.each([
    ['XML', '<xml></xml>', 'no JSON'],
    ['a list', '[]', 'no JSON object'],
    ['no follower', reply({ ToUserName: '' }), '<ToUserName> is empty'],
    ['the wrong account', reply({ FromUserName: 'gh_other' }), 'FromUserName is "gh_other"'],
    ['a type that WeChat does not know', reply({ MsgType: 'gif' }), 'MsgType is "gif"'],
    ['a time that is none', reply({ CreateTime: 'now' }), 'CreateTime is "now"'],
    [
      'articles of another number',
      reply({ MsgType: 'news', ArticleCount: 2, Articles: [{}] }),
      '1',
    ],
  ])('that is answered by %s ends with the fault notice', async (_, answer, reason) => {
    const { sent } = await toContainer(always(answer));

    expect(sent.outcome).toMatchObject({ kind: 'fault', reason: expect.stringContaining(reason) });
  });

  test('shows an answer of articles', async () => {
    const article = { Title: 't', Description: 'd', PicUrl: 'p', Url: 'u' };
    const { sent } = await toContainer(
      always(reply({ MsgType: 'news', ArticleCount: 1, Articles: [article] })),
    );

    expect(sent.outcome).toMatchObject({ reply: { type: 'news', articles: [{ title: 't' }] } });
  });
});

describe('a push into a cloud function', () => {
  function toFunction(call: CallFunction) {
    const clock = createFakeClock(NOW);
    const push = createPush({
      account,
      callbackUrl: '',
      ...clock,
      route: (wire) =>
        functionRoute({
          account,
          target: { envId: 'env-1', functionName: 'callback' },
          call,
          context: () => ({ TCB_SOURCE: 'wx_unknown' }),
          wire,
        }),
    });
    return { clock, push };
  }

  test('is the event itself: the account by its appid, ids as texts that are no numbers', async () => {
    const calls: unknown[][] = [];
    const { push } = toFunction(async (...call) => {
      calls.push(call);
      return { ok: true, result: JSON.parse(reply({ FromUserName: account.appid })) };
    });

    const { outcome, deliveries } = await push.send(ordinary.text(OPENID, '你好'));

    expect(calls).toEqual([
      [
        {
          ToUserName: account.appid,
          FromUserName: OPENID,
          CreateTime: NOW / 1_000,
          MsgType: 'text',
          Content: '你好',
          MsgId: expect.stringMatching(/^[0-9a-f]+_\d+$/),
        },
        { TCB_SOURCE: 'wx_unknown' },
      ],
    ]);
    expect(outcome).toEqual({ kind: 'reply', reply: { type: 'text', content: 'hi' } });
    expect(deliveries[0]).toMatchObject({ url: 'wxcloud://env-1/callback', status: 200 });
  });

  test.each([
    ['success', 'silent'],
    ['', 'silent'],
    [undefined, 'silent'],
    ['hello', 'fault'],
    [{ MsgType: 'text' }, 'fault'],
  ])('that gets %j ends as %s', async (result, kind) => {
    const { push } = toFunction(async () => ({ ok: true, result }));

    expect((await push.send(ordinary.text(OPENID, 'x'))).outcome.kind).toBe(kind);
  });

  test.each<readonly [string, CallFunction]>([
    ['that fails', async () => ({ ok: false, error: 'killed' })],
    ['that takes too long', () => new Promise(() => {})],
  ])('%s is repeated after 5 seconds, three times in all', async (_, call) => {
    const { clock, push } = toFunction(call);

    const { deliveries, outcome } = await clock.settle(
      push.send(sampleEvent(OPENID, 'CLICK', { EventKey: 'a' })),
      20_000,
    );

    expect(deliveries.map(({ at }) => at - NOW)).toEqual([0, 5_000, 10_000]);
    expect(new Set(deliveries.map(({ requestBody }) => requestBody)).size).toBe(1);
    expect(outcome.kind).toBe('fault');
  });
});
