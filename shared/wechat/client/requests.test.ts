import { afterEach, describe, expect, test } from '@jest/globals';
import type { Upload } from '../catalogue/index.ts';
import {
  createTestClient,
  type Loopback,
  type LoopbackReply,
  startLoopback,
} from './loopback.test-helper.ts';

const servers: Loopback[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function prepare(...replies: LoopbackReply[]) {
  const server = await startLoopback(...replies);
  servers.push(server);
  return { server, ...createTestClient(server.url) };
}

const ok = { errcode: 0, errmsg: 'ok' };

describe('a request', () => {
  test('by GET has its parameters, and the token, in the query and no body', async () => {
    const { server, api, clock } = await prepare({ subscribe: 1, openid: 'o1' });

    const user = await api.user.get({ openid: 'o 你&1', lang: 'zh_CN' });

    expect(user).toEqual({ subscribe: 1, openid: 'o1' });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      path: '/cgi-bin/user/info',
      query: { openid: 'o 你&1', lang: 'zh_CN', access_token: 'token-1' },
      body: Buffer.alloc(0),
    });
    expect(clock.pending).toBe(0);
  });

  test('by POST has JSON in UTF-8 with its exact length', async () => {
    const { server, api } = await prepare(ok);

    const answer = await api.menu.create({ button: [{ type: 'click', name: '菜单😀', key: 'K' }] });

    expect(answer).toEqual(ok);
    const [received] = server.received;
    const body = '{"button":[{"type":"click","name":"菜单😀","key":"K"}]}';
    expect(received?.body.toString()).toBe(body);
    expect(received?.query).toEqual({ access_token: 'token-1' });
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    });
  });

  test('without parameters by POST has an empty object, since WeChat refuses an empty body', async () => {
    const { server, api } = await prepare({ speed: 3, realspeed: 15 });

    await api.massSend.getSpeed();

    expect(server.received[0]?.body.toString()).toBe('{}');
  });

  test('sends wide ids as bare, exact numbers where WeChat wants numbers', async () => {
    const { server, api } = await prepare(ok);

    await api.massSend.delete({ msg_id: '6272960105994287618', article_idx: 1 });

    expect(server.received[0]?.body.toString()).toBe(
      '{"msg_id":6272960105994287618,"article_idx":1}',
    );
  });

  test('with the AppSecret has no token', async () => {
    const { server, api } = await prepare({ access_token: 'T', expires_in: 7200 });

    await api.token.get({ grant_type: 'client_credential', appid: 'wx1', secret: 'S' });
    await api.token.getStable({ grant_type: 'client_credential', appid: 'wx1', secret: 'S' });

    expect(server.received.map(({ query }) => query)).toEqual([
      { grant_type: 'client_credential', appid: 'wx1', secret: 'S' },
      {},
    ]);
    expect(JSON.parse(String(server.received[1]?.body))).toEqual({
      grant_type: 'client_credential',
      appid: 'wx1',
      secret: 'S',
    });
  });

  test("with a follower's token has that one only", async () => {
    const { server, api } = await prepare({ openid: 'o1', nickname: 'n' });

    await api.oauth.getUserInfo({ access_token: 'U', openid: 'o1' });

    expect(server.received[0]?.query).toEqual({ access_token: 'U', openid: 'o1' });
  });

  test('for another host goes to the base address too, unless that is the real API', async () => {
    const { server, api } = await prepare((response) => {
      response.writeHead(200, { 'content-type': 'image/jpg' }).end('JPG');
    });

    const picture = await api.qrcode.show({ ticket: 'T/+=' });

    expect(server.received[0]).toMatchObject({
      path: '/cgi-bin/showqrcode',
      query: { ticket: 'T/+=' },
    });
    picture.stream.destroy();
  });
});

describe('an upload', () => {
  const voice: Upload = {
    fileName: '录音 1.MP3',
    contentType: 'audio/mp3',
    data: Buffer.from([0, 1, 2, 0x0d, 0x0a, 0xff]),
  };

  test('is a multipart body: one file with an ASCII name, the rest in the query', async () => {
    const { server, api } = await prepare({ type: 'voice', media_id: 'M', created_at: 1 });

    await api.media.upload({ type: 'voice', media: voice });

    const [received] = server.received;
    expect(received?.query).toEqual({ type: 'voice', access_token: 'token-1' });
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(
      String(received?.headers['content-type']),
    )?.[1];
    expect(received?.headers['content-length']).toBe(String(received?.body.length));
    expect(received?.headers['transfer-encoding']).toBeUndefined();
    expect(received?.body.toString('latin1')).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="media"; filename="___1.MP3"',
        'Content-Type: audio/mp3',
        '',
        '\x00\x01\x02\r\n\xff',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
  });

  test('is left out where the query says where the file is', async () => {
    const { server, api } = await prepare({ errcode: 0, items: [] });

    await api.ocr.readText({ img_url: 'https://example.com/a.jpg?b=c' });
    await api.ocr.readText({ img: { ...voice, fileName: 'a.jpg', contentType: 'image/jpeg' } });

    const [byUrl, byFile] = server.received;
    expect(byUrl).toMatchObject({
      method: 'POST',
      path: '/cv/ocr/comm',
      query: { img_url: 'https://example.com/a.jpg?b=c', access_token: 'token-1' },
    });
    expect(byUrl?.body.length).toBe(0);
    expect(byUrl?.headers['content-type']).toBeUndefined();
    expect(byFile?.query).toEqual({ access_token: 'token-1' });
    expect(byFile?.body.toString('latin1')).toContain('name="img"; filename="a.jpg"');
  });

  test('of a video carries its description as a field of JSON', async () => {
    const { server, api } = await prepare({ media_id: 'M' });

    await api.material.add({
      type: 'video',
      media: { ...voice, fileName: 'a.mp4', contentType: 'video/mp4' },
      description: { title: '标题', introduction: 'I' },
    });

    expect(server.received[0]?.body.toString()).toContain(
      'Content-Disposition: form-data; name="description"\r\n\r\n{"title":"标题","introduction":"I"}\r\n',
    );
  });

  test('from a stream has the length that was announced', async () => {
    const { server, api } = await prepare({ url: 'http://x' });
    const open = async function* () {
      yield Buffer.from('abc');
      yield Buffer.from('def');
    };

    await api.media.uploadImage({
      media: { fileName: 'a.png', contentType: 'image/png', open, length: 6 },
    });

    const [received] = server.received;
    expect(received?.headers['content-length']).toBe(String(received?.body.length));
    expect(received?.body.toString()).toContain('\r\n\r\nabcdef\r\n--');
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\x\\y.png', 'y.png'],
    ['照片.jpg', 'file.jpg'],
    ['你好', 'file'],
    ['a"\r\nX: y.png', 'a___X__y.png'],
    ['', 'file'],
    ['.jpg', 'file.jpg'],
  ])('names "%s" as %s', async (fileName, expected) => {
    const { server, api } = await prepare({ url: 'http://x' });

    await api.media.uploadImage({ media: { ...voice, fileName } });

    expect(server.received[0]?.body.toString('latin1')).toContain(`; filename="${expected}"\r\n`);
  });

  test('with a malformed content type is refused before it is sent', async () => {
    const { server, api } = await prepare({});
    const media = { ...voice, contentType: 'image/png\r\nX: y' };

    const attempt = api.media.uploadImage({ media });

    await expect(attempt).rejects.toMatchObject({ code: 'invalid' });
    expect(server.received).toEqual([]);
  });
});

describe('request', () => {
  test('calls a path that the catalogue does not have', async () => {
    const { server, api } = await prepare({ errcode: 0, items: [1] });

    const answer = await api.request<{ items: number[] }>('POST', '/semantic/semproxy/search', {
      query: { type: 'photo', img_url: undefined },
      json: { a: 1 },
    });

    expect(answer.items).toEqual([1]);
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      path: '/semantic/semproxy/search',
      query: { type: 'photo', access_token: 'token-1' },
    });
    expect(server.received[0]?.body.toString()).toBe('{"a":1}');
  });

  test('sends a body that is ready as it stands', async () => {
    const { server, api } = await prepare(ok);

    await api.request('POST', '/cgi-bin/menu/create', {
      raw: { contentType: 'application/x-own', data: Buffer.from('{"x" :1}') },
    });

    expect(server.received[0]?.body.toString()).toBe('{"x" :1}');
    expect(server.received[0]?.headers['content-type']).toBe('application/x-own');
  });

  test('calls retired endpoints, which have no method', async () => {
    const { server, api } = await prepare({ list: [] });

    await api.request('POST', '/datacube/getuserread', {
      json: { begin_date: 'a', end_date: 'b' },
    });

    expect(Object.keys(api.dataCube)).not.toContain('getUserRead');
    expect(Object.keys(api.oauth)).not.toContain('authorize');
    expect(server.received[0]?.path).toBe('/datacube/getuserread');
  });

  test("never lets a caller's own access_token take the place of ours", async () => {
    const { server, api } = await prepare(ok);

    await api.request('GET', '/cgi-bin/menu/get', { query: { access_token: 'other' } });

    expect(server.received[0]?.query).toEqual({ access_token: 'token-1' });
  });

  test.each(['//evil.com/x', '/a?b=1', '/a#b', '/../x', '/a/../b', '/a b', '/', '/a@b', '/你'])(
    'refuses "%s", which is no path',
    async (path) => {
      const { server, api } = await prepare(ok);

      const attempt = api.request('GET', path as `/${string}`);

      await expect(attempt).rejects.toMatchObject({ code: 'invalid' });
      expect(server.received).toEqual([]);
    },
  );
});

type TestApi = ReturnType<typeof createTestClient>['api'];

// Checked by the compiler only.
void async function types(api: TestApi) {
  await api.menu.get();
  await api.menu.get(undefined, { timeoutMs: 1 });
  await api.user.list();
  await api.user.list({ next_openid: 'o' }, { signal: AbortSignal.abort() });
  // @ts-expect-error the openid is missing
  await api.user.get();
  // @ts-expect-error not a field of the request
  await api.user.get({ openid: 'o', language: 'en' });
  // @ts-expect-error retired
  await api.material.addNews({ articles: [] });
  // @ts-expect-error only a browser opens it
  await api.oauth.authorize({});
  // @ts-expect-error no such area
  await api.menus.get();
  const { msg_id }: { msg_id: string } = await api.massSend.getStatus({ msg_id: '1' });
  const file = await api.media.get({ media_id: 'm' });
  const url: string = 'stream' in file ? file.contentType : file.video_url;
  // @ts-expect-error it may be a file
  const certain: string = file.video_url;
  return [msg_id, url, certain];
};
