import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import * as wecom from '@wecom/crypto';
import type { PushMode } from './account.ts';
import { sign } from './crypto.ts';
import type { PushMessage } from './messages.ts';
import { ordinary } from './ordinary.ts';
import { createPush } from './push.ts';
import {
  account,
  inMode,
  type Listener,
  now,
  OPENID,
  receivedBody,
  sendTo,
  withCallback,
} from './push-fixture.ts';
import { samples } from './samples.ts';
import { childOf, readXml } from './xml-reader.ts';

describe('verifyUrl', () => {
  const check = (listener: Listener) =>
    withCallback(listener, (callbackUrl) =>
      createPush({ account: inMode('safe'), callbackUrl, now }).verifyUrl(),
    );
  const query = (request: IncomingMessage) => new URL(request.url ?? '', 'http://x').searchParams;

  test('passes when a correctly signed echostr comes back verbatim', async () => {
    const result = await check((request, response) => {
      const { signature, timestamp, nonce, echostr } = Object.fromEntries(query(request));
      const good = signature === sign(account.token, timestamp ?? '', nonce ?? '');
      response.end(good && request.method === 'GET' ? echostr : 'bad');
    });

    expect(result.ok).toBe(true);
    expect(result.delivery.problem).toBeUndefined();
  });

  test.each<[string, (echostr: string) => string, number]>([
    ['with a line end', (echostr) => `${echostr}\n`, 200],
    ['in quotes', (echostr) => `"${echostr}"`, 200],
    ['behind a byte-order mark', (echostr) => `\uFEFF${echostr}`, 200],
    ['with 201', (echostr) => echostr, 201],
    ['not at all', () => 'success', 200],
  ])('fails when the echo comes back %s', async (_name, change, status) => {
    const result = await check((request, response) => {
      response.writeHead(status).end(change(query(request).get('echostr') ?? ''));
    });

    expect(result.ok).toBe(false);
    expect(result.delivery.problem).toBeDefined();
  });
});

describe('what goes out', () => {
  async function capture(mode: PushMode, message: PushMessage) {
    const seen: { url: URL; body: string; headers: IncomingMessage['headers'] }[] = [];
    const result = await sendTo(
      async (request, response) => {
        const body = await receivedBody(request);
        seen.push({ url: new URL(request.url ?? '', 'http://x'), body, headers: request.headers });
        response.end('success');
      },
      mode,
      message,
    );
    const [first] = seen;
    if (!first) throw new Error('nothing arrived');
    return { ...first, query: Object.fromEntries(first.url.searchParams), result };
  }

  test('plain: the message itself, signed', async () => {
    const { query, body, result, headers } = await capture('plain', ordinary.text(OPENID, 'a]]>b'));

    expect(body).toBe(result.message);
    expect(query).toEqual({
      signature: sign(account.token, '1767225600', query.nonce ?? ''),
      timestamp: '1767225600',
      nonce: expect.stringMatching(/^\d{9,10}$/),
      openid: OPENID,
    });
    expect(headers['content-type']).toBe('text/xml');
    const xml = readXml(body);
    expect(xml.children.map(({ name }) => name)).toEqual([
      'ToUserName',
      'FromUserName',
      'CreateTime',
      'MsgType',
      'Content',
      'MsgId',
    ]);
    expect(childOf(xml, 'Content')?.text).toBe('a]]>b');
    expect(childOf(xml, 'CreateTime')?.text).toBe('1767225600');
    expect(Number(childOf(xml, 'MsgId')?.text)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(body).toMatch(/<MsgId>\d+<\/MsgId>/);
  });

  test('safe: nothing but the receiver and the ciphertext, signed with it', async () => {
    const { query, body, result } = await capture('safe', ordinary.text(OPENID, '你好'));

    const xml = readXml(body);
    const encrypted = childOf(xml, 'Encrypt')?.text ?? '';
    expect(xml.children.map(({ name }) => name)).toEqual(['ToUserName', 'Encrypt']);
    expect(query.encrypt_type).toBe('aes');
    expect(query.msg_signature).toBe(
      wecom.getSignature(account.token, query.timestamp ?? '', query.nonce ?? '', encrypted),
    );
    expect(wecom.decrypt(account.encodingAesKey, encrypted)).toMatchObject({
      message: result.message,
      id: account.appid,
    });
  });

  test('compat: the plain fields and the ciphertext of the same message', async () => {
    const { query, body, result } = await capture('compat', ordinary.text(OPENID, '$& 你好'));

    const xml = readXml(body);
    const encrypted = childOf(xml, 'Encrypt')?.text ?? '';
    expect(childOf(xml, 'Content')?.text).toBe('$& 你好');
    expect(wecom.decrypt(account.encodingAesKey, encrypted).message).toBe(result.message);
    expect(query.msg_signature).toBeDefined();
  });

  test('JSON, which the debug tool sends, is sealed in JSON', async () => {
    const json = '{"ToUserName":"gh_test","MsgType":"event","Event":"debug_demo"}';
    const raw = { openid: OPENID, type: 'raw', body: json } as const;
    const plain = await capture('plain', raw);
    const compat = await capture('compat', raw);
    const safe = await capture('safe', raw);

    expect(plain.body).toBe(json);
    expect(plain.headers['content-type']).toBe('application/json');
    expect(Object.keys(JSON.parse(compat.body))).toEqual([
      'ToUserName',
      'MsgType',
      'Event',
      'Encrypt',
    ]);
    expect(Object.keys(JSON.parse(safe.body))).toEqual(['ToUserName', 'Encrypt']);
    const { Encrypt } = JSON.parse(safe.body);
    expect(wecom.decrypt(account.encodingAesKey, Encrypt).message).toBe(json);
  });

  test('every ordinary message and every event, each with its own id or none', async () => {
    const bodies: string[] = [];
    await withCallback(
      async (request, response) => {
        bodies.push(await receivedBody(request));
        response.end();
      },
      async (callbackUrl) => {
        const push = createPush({ account: inMode('plain'), callbackUrl, now });
        for (const message of samples(OPENID)) {
          expect((await push.send(message)).outcome).toEqual({ kind: 'silent' });
        }
      },
    );

    const parsed = bodies.map(readXml);
    const types = parsed.map((xml) => childOf(xml, 'MsgType')?.text ?? '');
    const ids = parsed.flatMap((xml) => childOf(xml, 'MsgId')?.text ?? []);
    expect(types.slice(0, 8)).toEqual([
      'text',
      'image',
      'voice',
      'video',
      'shortvideo',
      'location',
      'link',
      'file',
    ]);
    expect(types.slice(8).every((type) => type === 'event')).toBe(true);
    expect(types.length).toBeGreaterThan(8 + 50);
    expect(new Set(ids).size).toBe(8);
  });

  test('an id and a time that are given are kept, so that an old push can be repeated', async () => {
    const again = { ...ordinary.text(OPENID, 'x'), MsgId: '6272960105994287618', CreateTime: 7 };

    const { body } = await capture('plain', again);

    expect(body).toContain('<CreateTime>7</CreateTime>');
    expect(body).toContain('<MsgId>6272960105994287618</MsgId>');
  });

  test('the query of the callback URL stays', async () => {
    let url = '';
    await withCallback(
      (request, response) => {
        url = request.url ?? '';
        response.end();
      },
      (callbackUrl) =>
        createPush({ account: inMode('plain'), callbackUrl: `${callbackUrl}?env=test`, now }).send(
          ordinary.text(OPENID, 'x'),
        ),
    );

    expect(url).toMatch(/^\/callback\?env=test&signature=/);
  });
});
