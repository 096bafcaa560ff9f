import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openProxyFixture, type Sent } from '../../scripts/testing/proxy/proxy-fixture.ts';
import { testAccount as account } from '../../scripts/testing/test-account.ts';

const shapes = ['function-url', 'http-access', 'api-gateway'] as const;
const get: Sent = { path: '/v1/cgi-bin/menu/get' };

async function open() {
  const proxy = openProxyFixture();
  await proxy.add('crm', { allow: ['*'], raw: true });
  return proxy;
}

describe('what goes to WeChat', () => {
  test.each(shapes)('%s: JSON as it was written, byte by byte', async (shape) => {
    const proxy = await open();
    const body =
      '{ "button" : [ {"type":"click", "name":"\\u4eca日 歌", "key":"S", "id": 12345678901234567890 } ] }\n';
    proxy.instead.push(async () => Response.json({ errcode: 0 }));
    const sent = { method: 'POST', path: '/v1/cgi-bin/menu/create', body };

    const answer = await proxy.asClient('crm', sent, { shape });

    expect(answer.status).toBe(200);
    expect(proxy.seen[0]?.body.toString()).toBe(body);
    expect(proxy.seen[0]?.headers).toEqual({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    });
  });

  test.each(shapes)('%s: a multipart body with its boundary, byte by byte', async (shape) => {
    const proxy = await open();
    const boundary = "----x-9'()+_,./:=?";
    const file = randomBytes(300_000);
    const body = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="a.jpg"\r\n\r\n`,
      ),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const type = `multipart/form-data; boundary="${boundary}"`;
    proxy.instead.push(async () => Response.json({ media_id: 'm' }));
    const sent: Sent = {
      method: 'POST',
      path: '/v1/cgi-bin/media/upload',
      query: { type: 'image' },
      body,
      headers: { 'Content-Type': type },
    };

    expect((await proxy.asClient('crm', sent, { shape })).json).toEqual({ media_id: 'm' });

    expect(proxy.seen[0]?.body.equals(body)).toBe(true);
    expect(proxy.seen[0]?.headers['content-type']).toBe(type);
    expect(new URL(proxy.seen[0]?.url ?? '').searchParams.get('type')).toBe('image');
  });

  test.each([
    ['boundary=BOUND; charset=UTF-8'],
    ['charset=UTF-8; boundary=BOUND'],
    ['boundary="BOUND"'],
    [' boundary=BOUND ;  charset="UTF-8" ;'],
    ['; BOUNDARY=BOUND;;'],
    ['charset=UTF-8'],
    [''],
  ])('a form whose content type goes on with "%s"', async (parameters) => {
    const proxy = await open();
    const body = Buffer.concat([
      Buffer.from(
        '--BOUND\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
      ),
      readFileSync(path.resolve(import.meta.dirname, '../../examples/cover.png')),
      Buffer.from('\r\n--BOUND--\r\n'),
    ]);

    const answer = await proxy.asClient('crm', {
      method: 'POST',
      path: '/v1/cgi-bin/media/upload',
      query: { type: 'image' },
      body,
      headers: { 'content-type': `multipart/form-data;${parameters}` },
    });

    expect(answer).toMatchObject({ status: 200, json: { media_id: expect.any(String) } });
    expect(proxy.seen[0]?.headers['content-type']).toBe('multipart/form-data; boundary=BOUND');
    expect(proxy.seen[0]?.body.equals(body)).toBe(true);
  });

  test.each([
    ['multipart/form-data', 'names no boundary'],
    ['multipart/form-data; boundary=""', 'names no boundary'],
    ['multipart/form-data; boundary="a\\"b"', 'is none'],
    [`multipart/form-data; boundary=${'b'.repeat(71)}`, 'is none'],
    ['multipart/form-data; boundary="b "', 'is none'],
    ['multipart/mixed; boundary=b', 'takes a form'],
    ['application/json', 'takes a form'],
    ['', 'takes a form'],
  ])('not a file under the content type %j, and the answer says why', async (type, reason) => {
    const proxy = await open();
    const answer = await proxy.asClient('crm', {
      method: 'POST',
      path: '/v1/cgi-bin/media/upload',
      body: 'x',
      headers: { 'content-type': type },
    });

    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain(reason);
    expect(proxy.seen).toEqual([]);
  });

  test('the query, in whatever alphabet, with our token in place of theirs', async () => {
    const proxy = await open();
    const query = { openid: "o文 字+&=%'()*!~", lang: 'zh_CN', access_token: 'theirs' };

    await proxy.asClient('crm', { path: '/v1/cgi-bin/user/info', query });

    const { searchParams } = new URL(proxy.seen[0]?.url ?? '');
    expect(searchParams.get('openid')).toBe(query.openid);
    expect(searchParams.getAll('access_token')).toEqual(proxy.tokens());
  });

  test('of the headers of a client, none but a plain content type', async () => {
    const proxy = await open();
    const headers = {
      host: 'evil.example',
      cookie: 'a=b',
      authorization: 'Bearer x',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-http-method-override': 'DELETE',
      'transfer-encoding': 'chunked',
      'content-length': '1',
      connection: 'upgrade',
      'content-type': 'application/json\r\nx-evil: 1',
    };

    await proxy.asClient('crm', { ...get, headers });
    await proxy.asClient('crm', {
      method: 'POST',
      path: '/v1/cgi-bin/menu/create',
      body: '{}',
      headers,
    });

    expect(proxy.seen.map((seen) => seen.headers)).toEqual([
      {},
      { 'content-type': 'application/json', 'content-length': '2' },
    ]);
    for (const { url } of proxy.seen) expect(new URL(url).origin).toBe('https://api.weixin.qq.com');
  });

  test.each<[string, Sent, number]>([
    [
      'a body too long',
      { method: 'POST', path: '/v1/cgi-bin/menu/create', body: 'x'.repeat(1_000_001) },
      413,
    ],
    [
      'a file too long',
      {
        method: 'POST',
        path: '/v1/cgi-bin/media/upload',
        body: 'x'.repeat(4_500_001),
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      },
      413,
    ],
    [
      'JSON for a picture',
      { method: 'POST', path: '/v1/cv/ocr/comm', body: '{"img_url":"a"}' },
      400,
    ],
    ['no multipart', { method: 'POST', path: '/v1/cgi-bin/media/upload', body: '{}' }, 400],
    [
      'a boundary with a header behind it',
      {
        method: 'POST',
        path: '/v1/cgi-bin/media/upload',
        body: '--b--',
        headers: { 'content-type': 'multipart/form-data; boundary=b\r\nx: y' },
      },
      400,
    ],
    ['a body where none belongs', { ...get, body: '{"a":1}' }, 400],
  ])('not %s', async (_, sent, status) => {
    const proxy = await open();

    expect((await proxy.asClient('crm', sent)).status).toBe(status);
    expect(proxy.seen).toEqual([]);
  });

  test('no parameter leads anywhere else', async () => {
    const proxy = await open();
    const evil = 'http://169.254.169.254/latest';
    const query = Object.fromEntries(
      [
        'url',
        'host',
        'redirect_uri',
        'prefix',
        'cgi_path',
        'next',
        '__proto__',
        'access_token',
      ].map((name) => [name, evil]),
    );

    await proxy.asClient('crm', { ...get, query });
    await proxy.asClient('crm', { path: '/v1/cgi-bin/showqrcode', query: { ticket: evil } });

    expect(proxy.seen.map(({ url }) => new URL(url).origin)).toEqual([
      'https://api.weixin.qq.com',
      'https://mp.weixin.qq.com',
    ]);
  });

  test("a follower's login is completed with the AppSecret, which stays here", async () => {
    const proxy = await open();
    const path = '/v1/sns/oauth2/access_token';
    const query = {
      code: 'c',
      grant_type: 'authorization_code',
      secret: 'theirs',
      appid: 'wxother',
    };
    proxy.instead.push(async () => Response.json({ access_token: 'FOLLOWERS', openid: 'o' }));

    const answer = await proxy.asClient('crm', { path, query });
    await proxy.asClient('crm', {
      path: '/v1/sns/userinfo',
      query: { access_token: 'FOLLOWERS', openid: 'o' },
    });

    expect(answer.json).toEqual({ access_token: 'FOLLOWERS', openid: 'o' });
    const [login, info] = proxy.seen.map(({ url }) => new URL(url).searchParams);
    expect(login?.get('secret')).toBe(account.secret);
    expect(login?.get('appid')).toBe(account.appid);
    expect(login?.has('access_token')).toBe(false);
    expect(info?.getAll('access_token')).toEqual(['FOLLOWERS']);
  });
});

describe('what comes back', () => {
  test.each(shapes)('%s: a file, byte by byte', async (shape) => {
    const proxy = await open();
    const file = randomBytes(1_000_000);
    const headers = {
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="a.jpg"',
      'set-cookie': 'a=b',
      server: 'nginx',
      location: 'http://evil.example',
    };
    proxy.instead.push(async () => new Response(file, { headers }));

    const answer = await proxy.asClient(
      'crm',
      { path: '/v1/cgi-bin/media/get', query: { media_id: 'm' } },
      { shape },
    );

    expect(answer.body.equals(file)).toBe(true);
    expect(answer.headers).toEqual({
      'cache-control': 'no-store',
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="a.jpg"',
      'fuwuhao-signature': expect.stringMatching(/^v2 [0-9a-f]{64}$/),
    });
  });

  test('JSON as WeChat wrote it, also where it is none', async () => {
    const proxy = await open();
    const texts = [
      '{"nickname":"a\u0001b","id":12345678901234567890, "x": "\\u4eca" }',
      '\ufeff{"a":1}',
      '',
      'no json',
    ];

    for (const text of texts) {
      proxy.instead.push(async () => new Response(text));
      const answer = await proxy.asClient('crm', get);
      expect([answer.status, answer.text]).toEqual([200, text]);
    }
  });

  test('an error with its errcode and rid, for those who do not read the body', async () => {
    const proxy = await open();

    const answer = await proxy.asClient('crm', get);

    expect(answer.json).toMatchObject({ errcode: 46003 });
    expect(answer.headers).toMatchObject({
      'x-wechat-errcode': '46003',
      'x-wechat-rid': expect.stringMatching(/^[0-9a-f-]{20,}$/),
    });
    const line = proxy.lines.find((each) => each.includes('proxy call'));
    expect(line).toContain('"errcode":46003,"rid":"');
  });

  test('no redirect is passed on, and nothing too long for a function', async () => {
    const proxy = await open();
    const redirect = { status: 302, headers: { location: 'http://evil.example' } };
    proxy.instead.push(async () => new Response('', redirect));
    proxy.instead.push(
      async () =>
        new Response(new Uint8Array(5_000_000), { headers: { 'content-type': 'video/mp4' } }),
    );

    const away = await proxy.asClient('crm', get);
    const long = await proxy.asClient('crm', {
      path: '/v1/cgi-bin/media/get',
      query: { media_id: 'm' },
    });

    expect([away.status, away.headers.location]).toEqual([502, undefined]);
    expect([long.status, long.json.error?.message]).toEqual([
      502,
      expect.stringContaining('Fetch it with a token from /v1/token'),
    ]);
  });

  test('a stale token is renewed once, and the client sees nothing of it', async () => {
    const proxy = await open();
    await proxy.asClient('crm', get);
    await proxy.tell('tokens/revoke', { kind: 'stable' });

    const answer = await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });

    expect(answer.json).toMatchObject({ ip_list: expect.anything() });
    expect(proxy.seen).toHaveLength(3);
  });
});

describe('the token', () => {
  const texts = (token: string) => [
    `{"errcode":0,"errmsg":"ok ${token}"}`,
    `<html>${token}</html>`,
    `{"request":{"request_url":"https:\\/\\/api.weixin.qq.com\\/x?access_token=${token}&a=b"}}`,
    JSON.stringify({ access_token: token }),
  ];

  test('is taken out of whatever text it stands in', async () => {
    const proxy = await open();
    await proxy.asClient('crm', get);
    const [token = ''] = proxy.tokens();

    for (const text of texts(token)) {
      proxy.instead.push(async () => new Response(text));
      const answer = await proxy.asClient('crm', get);
      expect(answer.status).toBe(200);
      expect(answer.text).toBe(text.replace(token, '[secret]'));
    }
    proxy.instead.push(async () =>
      Response.json({ url: 'https://x/?access_token=SOME_OTHER_TOKEN' }),
    );
    expect((await proxy.asClient('crm', get)).text).toBe(
      '{"url":"https://x/?access_token=[secret]"}',
    );
  });

  test('holds an answer back that hides it', async () => {
    const proxy = await open();
    await proxy.asClient('crm', get);
    const [token = ''] = proxy.tokens();
    const hide = (prefix: string, digits: number) =>
      `${token.slice(0, 5)}${prefix}${token.charCodeAt(5).toString(16).padStart(digits, '0')}${token.slice(6)}`;
    const binary = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(token)]);

    for (const body of [`{"a":"${hide('\\u', 4)}"}`, hide('%', 2), new Uint8Array(binary)]) {
      proxy.instead.push(async () => new Response(body));
      const answer = await proxy.asClient('crm', get);
      expect(answer.status).toBe(502);
      expect(answer.text).not.toContain(token.slice(6));
    }
  });

  test('an old one is masked as well, and so is the AppSecret', async () => {
    const proxy = await open();
    await proxy.asClient('crm', get);
    const [old = ''] = proxy.tokens();
    await proxy.tell('tokens/revoke', { kind: 'stable' });
    await proxy.asClient('crm', get);
    proxy.instead.push(async () => new Response(`${old} ${account.secret}`));

    expect((await proxy.asClient('crm', get)).text).toBe('[secret] [secret]');
  });

  test('nor the AppSecret is in any line of the log', async () => {
    const proxy = await open();
    for (const text of texts('x')) {
      proxy.instead.push(async () => new Response(text));
      await proxy.asClient('crm', get);
    }
    proxy.instead.push(async ({ url }) => {
      throw new Error(`cannot reach ${url}`);
    });
    expect((await proxy.asClient('crm', get)).status).toBe(500);

    for (const secret of [...proxy.tokens(), account.secret]) {
      expect(proxy.lines.filter((line) => line.includes(secret))).toEqual([]);
    }
  });
});

describe('inside WeChat Cloud, where the proxy has no token of its own', () => {
  test('calls go out with the token of the platform, which no answer holds', async () => {
    const proxy = openProxyFixture({ isInCloud: true });
    await proxy.add('crm', { allow: ['*', 'token:read'] });
    const token = proxy.wechat.cloud.token();
    proxy.instead.push(async () => Response.json({ echo: `cloudbase_access_token=${token}` }));

    const leaked = await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });
    const passed = await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });

    expect(leaked.text).not.toContain(token);
    expect([passed.status, passed.json]).toMatchObject([200, { ip_list: expect.any(Array) }]);
    expect(proxy.seen.at(-1)?.url).toContain('?cloudbase_access_token=');
    expect(proxy.wechat.inspect().statistics.tokenFetches).toEqual({ stable: 0, classic: 0 });
  });

  test.each([
    ['a token', { path: '/v1/token' }, 'Call WeChat through the proxy instead'],
    [
      'a call with the AppSecret',
      {
        path: '/v1/sns/oauth2/access_token',
        query: { code: 'c', grant_type: 'authorization_code' },
      },
      'which the proxy does not have',
    ],
  ])('%s is refused, and the refusal says why', async (_, sent, why) => {
    const proxy = openProxyFixture({ isInCloud: true });
    await proxy.add('crm', { allow: ['*', 'token:read'] });

    const answer = await proxy.asClient('crm', sent);

    expect(answer.status).toBe(403);
    expect(answer.json.error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(why),
    });
  });
});
