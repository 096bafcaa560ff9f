import { describe, expect, test } from '@jest/globals';
import { decrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import {
  type PushMode,
  type SignedPush,
  signedPush,
  textMessage,
} from '../../scripts/testing/callback/signed-push.ts';
import { createFakeClock, type FakeClock } from '../../scripts/testing/fake-clock.ts';
import { testAccount, testEnv } from '../../scripts/testing/test-account.ts';
import type { Context } from '../account/context.ts';
import { Router } from '../account/router.ts';
import { callbackApp } from '../app/callback.ts';
import { callbackFunction } from '../scf/callback-door.ts';
import { httpFunction } from '../scf/http.ts';
import { parseAnyXml } from '../wechat/xml-parser.ts';

const START = Date.UTC(2026, 0, 1);
const echo = new Router().on('text', (ctx) => ctx.reply(`echo ${ctx.message.content}`));

function setUp(mode: PushMode, account: Router = echo, env: Record<string, string> = {}) {
  const clock: FakeClock = createFakeClock(START);
  const lines: string[] = [];
  const app = callbackApp(account, {
    env: {
      ...testEnv,
      WECHAT_MODE: mode,
      ...env,
    },
    clock,
    writeLine: (line) => lines.push(line),
    random: () => 0.5,
  });
  const main = httpFunction(app);
  const call = (httpMethod: string, { query, body }: SignedPush) =>
    main(
      {
        httpMethod,
        queryString: query,
        body,
        path: '/',
        headers: { 'x-scf-remote-addr': '1.2.3.4' },
      },
      { request_id: 'req-1' },
    );
  return { clock, lines, post: (push: SignedPush) => call('POST', push), call };
}

const push = (mode: PushMode, content = 'hi', now = START) =>
  signedPush(textMessage(content, now), { mode, now });

/** Opens a reply of the safe mode as WeChat would. */
function openReply(body: string) {
  const { Encrypt, MsgSignature, TimeStamp, Nonce } = parseAnyXml(body) as Record<string, string>;
  expect(MsgSignature).toBe(
    getSignature(testAccount.token, TimeStamp ?? '', Nonce ?? '', Encrypt ?? ''),
  );
  const { message, id } = decrypt(testAccount.encodingAesKey, Encrypt ?? '');
  expect(id).toBe(testAccount.appid);
  return parseAnyXml(message);
}

describe('URL verification', () => {
  const verify = (query: Record<string, string>) => setUp('safe').call('GET', { query, body: '' });
  const { query } = push('plain');

  test('answers echostr to the letter, as plain text', async () => {
    const answer = await verify({ ...query, echostr: '<script>alert(1)</script>' });

    expect(answer).toMatchObject({
      statusCode: 200,
      body: '<script>alert(1)</script>',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  test.each<[string, Record<string, string>]>([
    ['a wrong signature', { ...query, signature: 'f'.repeat(40), echostr: '1' }],
    ['no parameters', {}],
    ['no echostr', query],
    ['no nonce', { ...query, nonce: '', echostr: '1' }],
  ])('refuses %s without a word', async (_, given) => {
    expect(await verify(given)).toMatchObject({ statusCode: 403, body: '' });
  });
});

describe('an accepted push', () => {
  test.each<PushMode>(['plain', 'compat', 'safe'])('%s mode: is answered in kind', async (mode) => {
    const answer = await setUp(mode).post(push(mode, ']]> <xml> 你好 😀'));

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/xml; charset=utf-8' },
    });
    const reply = mode === 'plain' ? parseAnyXml(answer.body) : openReply(answer.body);
    expect(reply).toEqual({
      ToUserName: 'oUser',
      FromUserName: 'gh_test',
      CreateTime: String(START / 1000),
      MsgType: 'text',
      Content: 'echo ]]> <xml> 你好 😀',
    });
  });

  test('compat mode takes a plain push, and believes the ciphertext when there is one', async () => {
    const { post } = setUp('compat');
    const mixed = push('compat', 'sealed');
    mixed.body = mixed.body.replace('<![CDATA[sealed]]>', '<![CDATA[forged]]>');

    expect((await post(push('plain', 'open'))).body).toContain('echo open');
    expect(openReply((await post(mixed)).body)).toMatchObject({ Content: 'echo sealed' });
  });

  test('no reply is `success`, unencrypted', async () => {
    expect(await setUp('safe', new Router()).post(push('safe'))).toMatchObject({
      statusCode: 200,
      body: 'success',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  });

  test('a JSON push of the debug tool is answered in JSON', async () => {
    const account = new Router().event('debug_demo', (ctx) =>
      ctx.reply(ctx.message.debugText ?? ''),
    );
    const message = `{"ToUserName":"gh_test","FromUserName":"oUser","CreateTime":${START / 1000},"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}`;

    const answer = await setUp('safe', account).post(
      signedPush(message, { mode: 'safe', now: START }),
    );

    const { Encrypt } = parseAnyXml(answer.body) as { Encrypt: string };
    expect(JSON.parse(decrypt(testAccount.encodingAesKey, Encrypt).message)).toMatchObject({
      MsgType: 'text',
      Content: 'hello world',
    });
  });

  test('whatever text comes, the echo of it is what a strict reader gets', async () => {
    const { post } = setUp(
      'safe',
      new Router().on('text', (ctx) => ctx.reply(`:${ctx.message.content}`)),
    );
    const text = anyText({ maxLength: 200 }).map((value) => value.toWellFormed());

    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const answer = await post(push('safe', content));
        expect(answer.statusCode).toBe(200);
        const { Content } = openReply(answer.body);
        expect(Content).toBe(`:${asXmlHoldsIt(content)}`);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a refused push', () => {
  const safe = push('safe');
  const plain = push('plain');
  const asked = (given: SignedPush, query: Record<string, string>): SignedPush => ({
    ...given,
    query: { ...given.query, ...query },
  });
  const sealed = (encrypted: string) => signedPush('', { mode: 'safe', now: START, encrypted });
  const sent = (mode: PushMode, account: Partial<typeof testAccount>) =>
    signedPush(textMessage('hi', START), {
      mode,
      now: START,
      account: { ...testAccount, ...account },
    });
  const ciphertext = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(safe.body)?.[1] ?? '';
  const bytes = Buffer.from(ciphertext, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const flipped = bytes.toString('base64');

  test.each<[string, PushMode, SignedPush]>([
    ['wrong signature', 'safe', asked(safe, { signature: '0'.repeat(40) })],
    ['wrong signature', 'plain', asked(plain, { nonce: '1' })],
    ['no signature', 'safe', asked(safe, { signature: '' })],
    ['no timestamp', 'safe', asked(safe, { timestamp: '' })],
    ['no nonce', 'plain', asked(plain, { nonce: '' })],
    ['an old timestamp', 'safe', push('safe', 'hi', START - 601_000)],
    ['a timestamp to come', 'safe', push('safe', 'hi', START + 601_000)],
    ['plaintext in safe mode', 'safe', plain],
    ['encryption claimed for a plain body', 'safe', asked(plain, { encrypt_type: 'aes' })],
    ['encryption claimed for a plain body', 'compat', asked(plain, { encrypt_type: 'aes' })],
    ['encryption in plain mode', 'plain', safe],
    ['wrong msg_signature', 'safe', asked(safe, { msg_signature: '0'.repeat(40) })],
    ['no msg_signature', 'safe', asked(safe, { msg_signature: '' })],
    [
      'the signature as msg_signature',
      'safe',
      asked(safe, { msg_signature: safe.query.signature ?? '' }),
    ],
    ['a changed ciphertext', 'safe', { ...safe, body: safe.body.replace(ciphertext, flipped) }],
    ['a changed ciphertext, signed', 'safe', sealed(flipped)],
    ['a truncated ciphertext, signed', 'safe', sealed(ciphertext.slice(0, -24))],
    ['an empty ciphertext, signed', 'safe', sealed('')],
    ['another appid', 'safe', sent('safe', { appid: 'wxffffffffffffffff' })],
    ['another token', 'plain', sent('plain', { token: 'other' })],
  ])('%s (%s mode): 403, no body, the reason in the log', async (_, mode, given) => {
    const { post, lines } = setUp(mode);

    expect(await post(given)).toMatchObject({ statusCode: 403, body: '' });

    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ event: 'push refused', requestId: 'req-1' });
    expect(line.reason).toMatch(/\w/);
  });

  test('of an envelope only the ciphertext is read, and nothing before its signature is checked', async () => {
    const { body } = safe;
    const broken = { ...safe, body: body.replace('</xml>', `${'<a>&'.repeat(50_000)}<<`) };

    expect(await setUp('safe').post(broken)).toMatchObject({ statusCode: 200 });
    expect(await setUp('safe').post(asked(broken, { msg_signature: '0' }))).toMatchObject({
      statusCode: 403,
    });
  });

  test('a follower may write what looks like an envelope', async () => {
    const mixed = push('compat', '<Encrypt>QUFB</Encrypt>');

    expect(await setUp('compat').post(mixed)).toMatchObject({ statusCode: 200 });
  });

  test('the timestamp window can be set', async () => {
    const { post } = setUp('safe', echo, { WECHAT_TIMESTAMP_WINDOW_SECONDS: '30' });

    expect(await post(push('safe', 'hi', START - 30_000))).toMatchObject({ statusCode: 200 });
    expect(await post(push('safe', 'hi', START - 31_000))).toMatchObject({ statusCode: 403 });
  });

  test.each([
    ['malformed XML', '<xml><a>'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa">]><xml>&a;</xml>'],
    ['too large a body', `<xml><a>${'x'.repeat(300_000)}</a></xml>`],
    ['too deep a body', `<xml>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</xml>`],
    ['a message without a sender', '<xml><MsgType>text</MsgType></xml>'],
    ['an empty body', ''],
  ])('%s is 400', async (_, body) => {
    for (const mode of ['plain', 'safe'] as const) {
      const given = signedPush(body, { mode, now: START });
      expect(await setUp(mode).post(given)).toMatchObject({ statusCode: 400, body: '' });
    }
  });

  test('another method is 405', async () => {
    expect(await setUp('safe').call('PUT', push('safe'))).toMatchObject({ statusCode: 405 });
  });
});

describe('the deadline', () => {
  test('a handler that sleeps is aborted at 4.2 s and answered with success', async () => {
    let seen: Context | undefined;
    const slow = new Router().use(async (ctx) => {
      seen = ctx;
      await new Promise((resolve) => clock.after(10_000, () => resolve(undefined)));
      ctx.reply('too late');
    });
    const { clock, lines, post } = setUp('plain', slow);

    const answering = post(push('plain'));
    await clock.advance(4_199);
    expect(seen?.signal.aborted).toBe(false);
    await clock.advance(1);

    expect(await answering).toMatchObject({ statusCode: 200, body: 'success' });
    expect(seen?.signal.aborted).toBe(true);
    expect(lines.join()).toContain('handler was too slow');
    expect(lines.join()).toContain('req-1');

    await clock.advance(10_000);
    expect(lines.at(-1)).toContain('reply after the deadline was dropped');
  });

  test('a handler that throws, at once or later, is answered with success', async () => {
    const account = new Router()
      .text('now', () => {
        throw new Error('inner words');
      })
      .text('replied', (ctx) => {
        ctx.reply('first');
        throw new Error('then failed');
      });
    const { clock, lines, post } = setUp('plain', account);

    expect(await post(push('plain', 'now'))).toMatchObject({ statusCode: 200, body: 'success' });
    expect(await post(push('plain', 'replied'))).toMatchObject({ body: 'success' });

    expect(lines.filter((line) => line.includes('handler failed'))).toHaveLength(2);
    expect(lines.join()).toContain('inner words');
    expect(clock.pending).toBe(0);
  });
});

test('a follower who floods is told so once, in the mode of the push, and then ignored', async () => {
  const { lines, post } = setUp('safe', echo, {
    FOLLOWER_MESSAGES_PER_MINUTE: '2',
    FLOOD_REPLY: '慢一点',
  });
  const say = (msgId: string) =>
    post(signedPush(textMessage('hi', START, msgId), { mode: 'safe', now: START }));

  await say('1');
  await say('2');
  expect(openReply((await say('3')).body)).toMatchObject({ Content: '慢一点' });
  expect(await say('4')).toMatchObject({ statusCode: 200, body: 'success' });

  expect(lines.filter((line) => line.includes('message ignored'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('"answered"'))).toHaveLength(2);
});

test('with the allow list on and no address named yet, pushes pass, and the log says so', async () => {
  const { lines, post } = setUp('plain', echo, { CALLBACK_ALLOW_LIST: 'on' });

  expect(await post(push('plain'))).toMatchObject({ statusCode: 200 });
  expect(lines.join()).toContain('allow list not applied');
});

test.each<[string, Record<string, string>, number, string]>([
  ['without the setting', {}, 403, 'address refused'],
  ['with it', { HTTP_ADDRESS_HEADER: 'x-client-ip' }, 200, 'allow list not applied'],
])('behind a gateway that writes the address elsewhere, %s', async (_, env, status, said) => {
  const lines: string[] = [];
  const app = callbackApp(echo, {
    env: { ...testEnv, WECHAT_MODE: 'plain', CALLBACK_ALLOW_LIST: 'on', ...env },
    clock: createFakeClock(START),
    writeLine: (line) => lines.push(line),
    random: () => 0.5,
  });
  const main = callbackFunction(app);
  const { query, body } = push('plain');
  const event = {
    httpMethod: 'POST',
    queryStringParameters: query,
    body,
    path: '/',
    headers: { 'x-client-ip': '1.2.3.4', 'content-type': 'text/xml' },
    requestContext: { envId: 'e' },
  };

  expect(await main(event, {})).toMatchObject({ statusCode: status });

  const told = lines.find((line) => line.includes(said));
  expect(told).toBeDefined();
  if (status === 403) {
    expect(told).toContain('HTTP_ADDRESS_HEADER');
    expect(told).toContain('"details":{"address":"none","headers":"x-client-ip"}');
  }
});

test('no secret, openid or text of a follower is in any log line', async () => {
  const { lines, post } = setUp('safe', echo, { LOG_LEVEL: 'debug' });

  await post(push('safe', 'private words'));
  await post({ ...push('safe'), query: { ...push('safe').query, msg_signature: 'x' } });

  const log = lines.join('\n');
  for (const word of ['oUser', 'private words', testAccount.token, testAccount.encodingAesKey]) {
    expect(log).not.toContain(word);
  }
});

test('a start with a bad configuration lists all that is wrong', () => {
  expect(() => setUp('safe', echo, { WECHAT_APPID: '', WECHAT_TOKEN: '!' })).toThrow(
    /WECHAT_APPID[\s\S]*WECHAT_TOKEN/,
  );
});

/** What XML 1.0 keeps of a text, in the words of its `Char` production. */
function asXmlHoldsIt(text: string): string {
  const allowed = [...text.replace(/\r\n?/g, '\n')].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : code === 0x9 || code === 0xa;
  });
  return allowed.join('');
}
