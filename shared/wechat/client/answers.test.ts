import { afterEach, describe, expect, test } from '@jest/globals';
import type { Download } from '../catalogue/index.ts';
import {
  bytes,
  createTestClient,
  type Loopback,
  type LoopbackReply,
  startLoopback,
  text,
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

async function read(file: Download): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

describe('JSON', () => {
  test('comes back as WeChat gave it', async () => {
    const { api } = await prepare({ errcode: 0, errmsg: 'ok', extra: [1, { a: null }] });

    expect(await api.menu.delete()).toEqual({ errcode: 0, errmsg: 'ok', extra: [1, { a: null }] });
  });

  test('has a number for an errcode that WeChat writes as text', async () => {
    const { api } = await prepare(
      text('{"errcode":"0","errmsg":"ok","number":"0000"}'),
      text('{"errcode":"40013","errmsg":"invalid appid"}'),
    );
    const card = { img_url: 'https://example.com/card.jpg' };

    expect(await api.ocr.readBankCard(card)).toEqual({ errcode: 0, errmsg: 'ok', number: '0000' });
    await expect(api.ocr.readBankCard(card)).rejects.toMatchObject({ errcode: 40013 });
  });

  test('keeps ids exact and always strings', async () => {
    const { api } = await prepare(
      text('{"errcode":0,"msg_id":6272960105994287618,"msg_data_id":206227730}'),
    );

    const answer = await api.massSend.sendAll({
      filter: { is_to_all: true },
      msgtype: 'text',
      text: { content: 'x' },
    });

    expect(answer).toMatchObject({ msg_id: '6272960105994287618', msg_data_id: '206227730' });
  });

  test('is read through control characters, whatever its content type', async () => {
    const { api } = await prepare(
      text('{"tags":[{"id":1,"name":"a\u0001\nb","count":0}]}', 'image/png'),
    );

    expect(await api.tag.list()).toEqual({ tags: [{ id: 1, name: 'a\u0001\nb', count: 0 }] });
  });

  test.each(['application/json; encoding=utf-8', 'text/plain', 'text/html', 'image/jpeg'])(
    'with an errcode is a WeChatError, as %s',
    async (type) => {
      const body = '{"errcode":40007,"errmsg":"invalid media_id rid: 617682e0-09059ac5-34a8e2ea"}';
      const { api } = await prepare(text(body, type));

      await expect(api.draft.get({ media_id: 'M' })).rejects.toMatchObject({
        name: 'WeChatError',
        code: 'upstream',
        endpoint: 'draft.get',
        errcode: 40007,
        class: 'caller',
        rid: '617682e0-09059ac5-34a8e2ea',
      });
    },
  );

  test('with an error in base_resp is a WeChatError too', async () => {
    const { api } = await prepare({ base_resp: { ret: 45009, err_msg: 'reach max' } });

    const attempt = api.publisher.getStat({
      action: 'publisher_settlement',
      page: 1,
      page_size: 1,
      start_date: '2026-01-01',
      end_date: '2026-01-02',
    });

    await expect(attempt).rejects.toMatchObject({ code: 'rate_limited', errcode: 45009 });
  });

  test('of an endpoint that must be applied for says so', async () => {
    const { api } = await prepare({ errcode: 48001, errmsg: 'api unauthorized' });

    await expect(api.itemCode.getApplication({ application_id: 1 })).rejects.toMatchObject({
      endpoint: 'itemCode.getApplication',
      advice: expect.stringContaining('一物一码'),
    });
  });

  test('names the endpoint by its path when the catalogue has no name', async () => {
    const { api } = await prepare({ errcode: 47001, errmsg: 'data format error' });

    await expect(api.request('POST', '/semantic/semproxy/search', {})).rejects.toMatchObject({
      endpoint: 'POST /semantic/semproxy/search',
    });
  });

  test('that says a keyed job was accepted before is the answer to a repeat of that job', async () => {
    const repeated = { errcode: 45065, errmsg: 'clientmsgid exist', msg_id: 123456 };
    const { api } = await prepare(repeated);
    const job = {
      filter: { is_to_all: true },
      msgtype: 'text',
      text: { content: 'x' },
    } as const;

    expect(await api.massSend.sendAll({ ...job, clientmsgid: 'c1' })).toEqual({
      ...repeated,
      msg_id: '123456',
    });
    await expect(api.massSend.sendAll(job)).rejects.toMatchObject({ class: 'done' });
  });
});

describe('what is no answer of the API', () => {
  test.each([
    ['HTML', text('<html>busy</html>', 'text/html'), 'no JSON'],
    ['nothing', text(''), 'no JSON'],
    ['half of an answer', text('{"errcode":0,'), 'no JSON'],
    ['HTTP 502', text('{"errcode":0}', 'application/json', 502), 'HTTP 502'],
  ])('%s is a transient failure that says so', async (_, reply, expected) => {
    const { api, server } = await prepare(reply);

    const attempt = api.tag.create({ tag: { name: 'x' } });

    await expect(attempt).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining(expected),
      details: { endpoint: 'tag.create', class: 'transient', outcome: 'unknown' },
    });
    expect(server.received).toHaveLength(1);
  });

  test.each([301, 403, 413])('HTTP %d is final', async (status) => {
    const { api, server } = await prepare(text('<html></html>', 'text/html', status));

    await expect(api.menu.get()).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining(`HTTP ${status}`),
    });
    expect(server.received).toHaveLength(1);
  });

  test('HTTP 404 says that there is no such thing', async () => {
    const { api } = await prepare(text('', 'text/html', 404));

    await expect(api.qrcode.show({ ticket: 'T' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a file', () => {
  test('comes with its type, its name, its length and its content', async () => {
    const content = Buffer.from([0xff, 0xd8, 0, 0x0d, 0x0a]);
    const { api, clock } = await prepare(
      bytes(content, {
        'content-type': 'image/jpeg',
        'content-disposition': 'attachment; filename="MEDIA.jpg"',
        'content-length': '5',
      }),
    );

    const file = await api.media.getVoice({ media_id: 'M' });

    expect(file).toMatchObject({ contentType: 'image/jpeg', fileName: 'MEDIA.jpg', length: 5 });
    expect(await read(file)).toBe(content.toString('latin1'));
    expect(clock.pending).toBe(0);
  });

  test('is told from JSON on an endpoint that gives either', async () => {
    const { api } = await prepare(
      text('{"video_url":"http://v"}', 'text/plain'),
      bytes(Buffer.from('{"a":1}'), {
        'content-type': 'text/plain',
        'content-disposition': 'attachment; filename=x.txt',
      }),
    );

    expect(await api.media.get({ media_id: 'M' })).toEqual({ video_url: 'http://v' });
    const file = await api.media.get({ media_id: 'M' });
    expect('stream' in file && (await read(file))).toBe('{"a":1}');
  });

  test.each(['application/json', 'text/plain'])('that is an error as %s is one', async (type) => {
    const { api } = await prepare(text('{"errcode":40007,"errmsg":"invalid media_id"}', type));

    await expect(api.media.get({ media_id: 'M' })).rejects.toMatchObject({ errcode: 40007 });
    await expect(api.media.getVoice({ media_id: 'M' })).rejects.toMatchObject({ errcode: 40007 });
  });

  test.each([
    ['attachment; filename="../../a.jpg"', 'a.jpg'],
    ['attachment; filename="C:\\x\\a.jpg"', 'a.jpg'],
    ['attachment; filename=a.jpg', 'a.jpg'],
    ['attachment; filename=".."', undefined],
    ['attachment', undefined],
  ])('has a name without a path: %s', async (disposition, fileName) => {
    const { api } = await prepare(
      bytes(Buffer.from('x'), {
        'content-type': 'image/jpeg',
        'content-disposition': disposition,
      }),
    );

    const file = await api.media.getVoice({ media_id: 'M' });

    expect(file.fileName).toBe(fileName);
    file.stream.destroy();
  });

  test('is given whole by bytes(), and never half', async () => {
    const content = Buffer.from([0xff, 0xd8, 0xff, 0, 0x80]);
    const { api, clock } = await prepare(
      bytes(content, { 'content-type': 'image/jpeg', 'content-length': '5' }),
      (response) => {
        response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '1000' });
        response.write(Buffer.alloc(10), () => response.socket?.destroy());
      },
      bytes(Buffer.alloc(20 * 1024 * 1024 + 1), { 'content-type': 'image/jpeg' }),
    );
    const next = async () => (await api.media.getVoice({ media_id: 'M' })).bytes();

    expect(Buffer.from(await next())).toEqual(content);
    await expect(next()).rejects.toMatchObject({ code: 'upstream' });
    await expect(next()).rejects.toThrow('more than 20971520 bytes of a file');
    expect(clock.pending).toBe(0);
  });

  test('that breaks off half-way fails cleanly', async () => {
    const { api, clock } = await prepare((response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '1000' });
      response.write(Buffer.alloc(10), () => response.socket?.destroy());
    });

    const file = await api.media.getVoice({ media_id: 'M' });

    await expect(read(file)).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining('media.getVoice'),
    });
    expect(clock.pending).toBe(0);
  });

  test('that is let go leaves neither a timer nor a connection', async () => {
    let onClose = () => {};
    const closed = new Promise<void>((resolve) => {
      onClose = resolve;
    });
    const { api, clock } = await prepare((response) => {
      response.on('close', onClose);
      response.writeHead(200, { 'content-type': 'image/jpeg' }).write('x');
    });

    const file = await api.media.getVoice({ media_id: 'M' });
    file.stream.destroy();

    expect(clock.pending).toBe(0);
    await closed;
  });
});
