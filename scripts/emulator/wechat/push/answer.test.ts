import { describe, expect, test } from '@jest/globals';
import type { PushMode } from './account.ts';
import { FAULT_NOTICE } from './push.ts';
import {
  account,
  always,
  type Listener,
  OPENID,
  sealed,
  sendTo,
  textReply,
} from './push-fixture.ts';
import { sampleEvent } from './samples.ts';

describe('what is made of an answer', () => {
  test.each(['', 'success'])('"%s" is silence in every mode', async (body) => {
    for (const mode of ['plain', 'compat', 'safe'] as const) {
      expect((await sendTo(always(body), mode)).outcome).toEqual({ kind: 'silent' });
    }
  });

  test('a reply is shown: plain in plain mode, sealed in safe mode, either in compat', async () => {
    const reply = { kind: 'reply', reply: { type: 'text', content: 'hi' } };
    const open = always(textReply());
    const shut = always(sealed(textReply()));

    expect((await sendTo(open, 'plain')).outcome).toEqual(reply);
    expect((await sendTo(open, 'compat')).outcome).toEqual(reply);
    expect((await sendTo(shut, 'compat')).outcome).toEqual(reply);
    const safe = await sendTo(shut, 'safe');
    expect(safe.outcome).toEqual(reply);
    expect(safe.deliveries[0]).toMatchObject({
      status: 200,
      decrypted: textReply(),
      requestBody: expect.stringContaining('<Encrypt>'),
    });
  });

  test.each([
    ['text', '<Content>a</Content>', { type: 'text', content: 'a' }],
    ['image', '<Image><MediaId>m</MediaId></Image>', { type: 'image', mediaId: 'm' }],
    ['voice', '<Voice><MediaId>m</MediaId></Voice>', { type: 'voice', mediaId: 'm' }],
    [
      'video',
      '<Video><MediaId>m</MediaId><Title>t</Title></Video>',
      { type: 'video', mediaId: 'm', title: 't', description: '' },
    ],
    [
      'music',
      '<Music><ThumbMediaId>m</ThumbMediaId><HQMusicUrl>h</HQMusicUrl></Music>',
      {
        type: 'music',
        title: '',
        description: '',
        musicUrl: '',
        hqMusicUrl: 'h',
        thumbMediaId: 'm',
      },
    ],
    ['transfer_customer_service', '', { type: 'transfer_customer_service' }],
    [
      'transfer_customer_service',
      '<TransInfo><KfAccount>k@gh</KfAccount></TransInfo>',
      { type: 'transfer_customer_service', kfAccount: 'k@gh' },
    ],
    ['transfer_biz_ai_ivr', '', { type: 'transfer_biz_ai_ivr' }],
  ])('%s %s', async (type, rest, reply) => {
    const { outcome } = await sendTo(always(textReply({ type, rest })), 'plain');

    expect(outcome).toEqual({ kind: 'reply', reply });
  });

  const articles = (count: number, claimed = count) =>
    textReply({
      type: 'news',
      rest: `<ArticleCount>${claimed}</ArticleCount><Articles>${Array.from(
        { length: count },
        (_, index) => `<item><Title>t${index}</Title><Description/><PicUrl/><Url>u</Url></item>`,
      ).join('')}</Articles>`,
    });

  test('articles: one after a message, eight after an event, the others are dropped', async () => {
    const afterMessage = await sendTo(always(articles(3)), 'plain');
    const event = sampleEvent(OPENID, 'CLICK');
    const afterEvent = await sendTo(always(articles(10)), 'plain', event);

    expect(afterMessage.outcome).toMatchObject({
      reply: { articles: [{ title: 't0', description: '', picUrl: '', url: 'u' }], dropped: 2 },
    });
    expect(afterEvent.outcome).toMatchObject({ reply: { dropped: 2 } });
    expect(afterEvent.outcome).toHaveProperty('reply.articles.length', 8);
  });

  test.each(['unsubscribe', 'VIEW', 'TEMPLATESENDJOBFINISH', 'MASSSENDJOBFINISH'] as const)(
    'a reply to %s is read and not shown',
    async (event) => {
      const { outcome } = await sendTo(always(textReply()), 'plain', sampleEvent(OPENID, event));

      expect(outcome).toEqual({ kind: 'silent', ignored: { type: 'text', content: 'hi' } });
    },
  );

  test('text may fill 2048 bytes, not one more', async () => {
    const withBytes = (count: number) =>
      textReply({ rest: `<Content>${'中'.repeat((count - 2) / 3)}ab</Content>` });
    const full = await sendTo(always(withBytes(2_048)), 'plain');
    const more = await sendTo(
      always(textReply({ rest: `<Content>${'x'.repeat(2_049)}</Content>` })),
      'plain',
    );

    expect(full.outcome.kind).toBe('reply');
    expect(more.outcome).toMatchObject({ kind: 'fault', reason: expect.stringContaining('2049') });
  });

  const good = textReply();
  const faults: [string, PushMode, Listener, RegExp][] = [
    ['the openid of another follower', 'plain', always(textReply({ to: 'oOther' })), /ToUserName/],
    [
      'the appid as the sender',
      'plain',
      always(textReply({ from: account.appid })),
      /FromUserName/,
    ],
    ['To and From as they came', 'plain', always(textReply({ to: 'gh_test', from: OPENID })), /To/],
    ['a time that is no integer', 'plain', always(textReply({ time: '1.5' })), /CreateTime/],
    ['an unknown type', 'plain', always(textReply({ type: 'card' })), /MsgType/],
    ['a type from the prototype', 'plain', always(textReply({ type: 'toString' })), /MsgType/],
    ['text without content', 'plain', always(textReply({ rest: '' })), /Content/],
    ['text with empty content', 'plain', always(textReply({ rest: '<Content/>' })), /Content/],
    ['an image without media', 'plain', always(textReply({ type: 'image', rest: '' })), /Image/],
    ['no articles', 'plain', always(articles(0)), /Articles/],
    ['a wrong article count', 'plain', always(articles(1, 2)), /ArticleCount/],
    ['JSON', 'plain', always('{"errcode":0}'), /XML/],
    ['HTML', 'plain', always('<html><body>502<br></body></html>'), /XML/],
    ['success with a line end', 'plain', always('success\n'), /XML/],
    ['bytes that are no UTF-8', 'plain', always(Buffer.from('success\xff', 'latin1')), /UTF-8/],
    ['500', 'plain', always('Internal Server Error', 500), /500/],
    ['204', 'plain', always('', 204), /204/],
    ['a redirect', 'plain', always('', 302, { location: '/elsewhere' }), /302/],
    ['ciphertext in plain mode', 'plain', always(sealed(good)), /ToUserName/],
    ['plaintext in safe mode', 'safe', always(good), /not encrypted/],
    ['a wrong signature', 'safe', always(sealed(good, { signature: 'f00' })), /MsgSignature/],
    ['another appid inside', 'safe', always(sealed(good, { appid: 'wxother' })), /appid/],
    ['success inside ciphertext', 'safe', always(sealed('success')), /XML/],
    ['a wrong signature in compat', 'compat', always(sealed(good, { signature: '0' })), /MsgSig/],
  ];
  test.each(faults)('%s is a fault (%s)', async (_name, mode, listener, reason) => {
    const { outcome, deliveries } = await sendTo(listener, mode);

    expect(outcome).toEqual({
      kind: 'fault',
      text: FAULT_NOTICE,
      reason: expect.stringMatching(reason),
    });
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({ problem: expect.stringMatching(reason) });
  });
});
