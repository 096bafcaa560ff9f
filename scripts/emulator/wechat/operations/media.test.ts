import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOUR } from '../api-fixture.ts';
import { createContentApi, fileOfSize, files, refusal } from '../content-fixture.ts';
import { textOf } from '../errors/errors.ts';

const UPLOAD = '/cgi-bin/media/upload';
const GET = '/cgi-bin/media/get';
const UPLOAD_IMAGE = '/cgi-bin/media/uploadimg';
const KB = 1_024;
const MB = 1_024 * KB;

/** A form written by hand, to be malformed as wanted. */
const form = (head: string, content = 'x', tail = '\r\n--B--\r\n') => ({
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=B' },
  body: `--B\r\n${head}\r\n\r\n${content}${tail}`,
});
const disposition = (rest: string) => `Content-Disposition: form-data; ${rest}`;

describe('temporary media', () => {
  test.each([
    ['image', 'jpeg', 'a.JPG', 'image/jpeg', 'jpg'],
    ['image', 'png', 'a.png', 'image/png', 'png'],
    ['image', 'gif', 'a.gif', 'image/gif', 'gif'],
    ['voice', 'amr', 'a.amr', 'audio/amr', 'amr'],
    ['voice', 'mp3', 'a.mp3', 'audio/mp3', 'mp3'],
  ] as const)('%s %s comes back byte by byte', async (type, kind, name, contentType, extension) => {
    const { upload, fetch, lastCall, clock } = await createContentApi();

    const answer = await upload(UPLOAD, files[kind], name, { type });
    expect(answer).toEqual({
      type,
      media_id: expect.stringMatching(/^[\w-]{64}$/),
      created_at: clock.now() / 1_000,
    });
    expect(await lastCall()).toEqual({
      endpoint: 'media.upload',
      query: { type },
      body: {
        media: {
          fileName: name,
          contentType: 'application/octet-stream',
          bytes: files[kind].length,
          sha256: expect.any(String),
        },
      },
    });
    const media_id = String(answer.media_id);
    const response = await fetch(GET, { media_id });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files[kind]);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="${media_id}.${extension}"`,
    );
  });

  test('a thumb has its id under both names', async () => {
    const { upload, fetch } = await createContentApi();
    const answer = await upload(UPLOAD, files.jpeg, 'a.jpg', { type: 'thumb' });

    expect(answer.thumb_media_id).toBe(answer.media_id);
    expect((await fetch(GET, { media_id: String(answer.media_id) })).status).toBe(200);
  });

  test('a video comes as an address, at which it is', async () => {
    const { addMedia, get, api } = await createContentApi();
    const answer = await get(GET, { media_id: await addMedia('mp4', 'a.mp4', 'video') });

    expect(answer).toEqual({ video_url: expect.stringMatching(/^http:\/\/mpvideo\.qpic\.cn\//) });
    const response = await api.fetch(String(answer.video_url));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files.mp4);
    expect(response.headers.get('content-type')).toBe('video/mp4');
  });

  test('is gone after three days, to the millisecond', async () => {
    const { addMedia, fetch, clock, stable } = await createContentApi();
    const media_id = await addMedia('jpeg', 'a.jpg', 'image');
    await clock.advance(72 * HOUR - 1);
    const access_token = String((await stable()).access_token);

    expect((await fetch(GET, { access_token, media_id })).headers.get('content-type')).toBe(
      'image/jpeg',
    );
    await clock.advance(1);
    const response = await fetch(GET, { access_token, media_id });
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.json()).toEqual(refusal(40007));
  });

  test('an unknown id, and none', async () => {
    const { get } = await createContentApi();

    expect(await get(GET, { media_id: 'x' })).toEqual(refusal(40007));
    expect(await get(GET)).toEqual(refusal(41006));
  });

  test('errors may come as JSON', async () => {
    const { fetch } = await createContentApi({
      switches: { fileErrorContentType: 'application/json' },
    });

    expect((await fetch(GET)).headers.get('content-type')).toBe('application/json');
  });

  test('500 a day on a test account', async () => {
    const { upload, control } = await createContentApi({ switches: { testAccount: true } });
    await control('/emulator/quota', { path: UPLOAD, used: 500 });

    expect(await upload(UPLOAD, files.jpeg, 'a.jpg', { type: 'image' })).toEqual(refusal(45009));
  });

  test.each([
    [undefined, 'jpeg', 'a.jpg', 40004],
    ['news', 'jpeg', 'a.jpg', 40004],
    ['toString', 'jpeg', 'a.jpg', 40004],
    ['image', 'bmp', 'a.bmp', 40005],
    ['image', 'jpeg', 'a', 40005],
    ['image', 'mp4', 'a.mp4', 40005],
    ['image', 'webp', 'a.png', 40137],
    ['voice', 'wav', 'a.wav', 40005],
    ['voice', 'jpeg', 'a.mp3', 40005],
    ['video', 'mp3', 'a.mp4', 40005],
    ['thumb', 'png', 'a.png', 40005],
  ] as const)('as %s, %s called %s: %i', async (type, kind, name, errcode) => {
    const { upload, call } = await createContentApi();

    expect(await upload(UPLOAD, files[kind], name, type ? { type } : {})).toEqual(refusal(errcode));
    expect(await call('/emulator/media')).toMatchObject({ temporary: [] });
  });

  test.each([
    ['image', 'jpeg', 'a.jpg', 10 * MB, 40009],
    ['voice', 'mp3', 'a.mp3', 2 * MB, 40010],
    ['video', 'mp4', 'a.mp4', 10 * MB, 40011],
    ['thumb', 'jpeg', 'a.jpg', 64 * KB, 40012],
  ] as const)('%s: one byte more is too many', async (type, kind, name, size, errcode) => {
    const { upload } = await createContentApi();

    const bigger = await upload(UPLOAD, fileOfSize(kind, size + 1), name, { type });
    expect(bigger).toEqual(refusal(errcode));
    const biggest = await upload(UPLOAD, fileOfSize(kind, size), name, { type });
    // A sound of this size is another rule's matter.
    expect(biggest.errcode).toBe(type === 'voice' ? 45007 : undefined);
  });

  test('by switch, a picture may have 2 MB', async () => {
    const { upload } = await createContentApi({ switches: { temporaryImageMaxBytes: 2 * MB } });
    const file = fileOfSize('png', 2 * MB + 1);

    expect(await upload(UPLOAD, file, 'a.png', { type: 'image' })).toEqual(refusal(40009));
  });

  test('an empty file', async () => {
    const { upload } = await createContentApi();

    const answer = await upload(UPLOAD, new Uint8Array(), 'a.jpg', { type: 'image' });
    expect(answer).toEqual(refusal(44001));
  });

  test('a sound of more than 60 seconds', async () => {
    const { upload } = await createContentApi();
    const frame = Buffer.from([0x3c, ...Buffer.alloc(31)]);
    const amr = (frames: number) =>
      Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: frames }, () => frame)]);
    const send = (file: Uint8Array, name: string) => upload(UPLOAD, file, name, { type: 'voice' });

    expect((await send(amr(3_000), 'a.amr')).errcode).toBeUndefined();
    expect(await send(amr(3_001), 'a.amr')).toEqual(refusal(45007));
    // 128 kbit/s.
    expect((await send(fileOfSize('mp3', 960_000), 'a.mp3')).errcode).toBeUndefined();
    expect(await send(fileOfSize('mp3', 960_001), 'a.mp3')).toEqual(refusal(45007));
  });
});

describe('the form', () => {
  const good = disposition('name="media"; filename="a.jpg"');
  const jpeg = '\u00ff\u00d8';

  test.each<[string, RequestInit]>([
    ['another part name', form(disposition('name="file"; filename="a.jpg"'))],
    ['no file name', form(disposition('name="media"'))],
    ['an empty file name', form(disposition('name="media"; filename=""'))],
    ['an extended file name', form(disposition('name="media"; filename*=UTF-8\'\'a.jpg'))],
    ['no end', form(good, jpeg, '\r\n--B\r\n')],
    ['no boundary inside', form(good, jpeg, '')],
    ['no disposition', form('Content-Type: image/jpeg')],
    ['another content type', { ...form(good), headers: { 'content-type': 'image/jpeg' } }],
    ['no body', { method: 'POST' }],
    ['JSON', { method: 'POST', body: '{}' }],
  ])('%s: 41005', async (_name, init) => {
    const { fetch } = await createContentApi();

    const response = await fetch(UPLOAD, { type: 'image' }, init);
    expect(await response.json()).toEqual(refusal(41005));
  });

  test('in chunks, without a length: 41005, in process and over HTTP', async () => {
    const { fetch, api, tokenQuery } = await createContentApi();
    const { url, close } = await api.listen(0);
    const whole = form(good, 'GIF89a').body;
    const init = () => ({
      ...form(good),
      body: new Blob([whole]).stream(),
      duplex: 'half' as const,
    });
    const path = `${url}${UPLOAD}?${await tokenQuery()}&type=image`;

    expect(await (await fetch(UPLOAD, { type: 'image' }, init())).json()).toEqual(refusal(41005));
    expect(await (await globalThis.fetch(path, init())).json()).toEqual(refusal(41005));
    const named = form(disposition('name="media"; filename="a.gif"'), 'GIF89a');
    expect(await (await globalThis.fetch(path, named)).json()).toHaveProperty('media_id');
    await close();
  });

  test('a bare name, another case, a quoted boundary and more parts are all right', async () => {
    const { fetch } = await createContentApi();
    const body =
      '--B\r\ncontent-disposition: form-data; name=note\r\n\r\nhello\r\n' +
      '--B\r\nContent-Type: image/gif\r\nCONTENT-DISPOSITION: form-data; name=media; filename=a.gif\r\n\r\nGIF89a\r\n--B--';
    const headers = { 'content-type': 'multipart/form-data; boundary="B"' };

    const response = await fetch(UPLOAD, { type: 'image' }, { method: 'POST', headers, body });
    expect(await response.json()).toHaveProperty('media_id');
  });

  test.each([[41005], [40005]] as const)('a name that is not ASCII: %i', async (errcode) => {
    const { upload } = await createContentApi({ switches: { nonAsciiFileName: errcode } });

    expect(await upload(UPLOAD, files.jpeg, '图.jpg', { type: 'image' })).toEqual(refusal(errcode));
  });

  test('by switch, such a name is taken', async () => {
    const { upload } = await createContentApi({ switches: { nonAsciiFileName: 'taken' } });

    const answer = await upload(UPLOAD, files.jpeg, '图.jpg', { type: 'image' });
    expect(answer).toHaveProperty('media_id');
  });

  test('broken off half-way, it leaves nothing', async () => {
    const { api, tokenQuery, call } = await createContentApi();
    const { url, close } = await api.listen(0);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${UPLOAD}?${await tokenQuery()}&type=image HTTP/1.1\r\nHost: a\r\n` +
        'Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000\r\n\r\n' +
        form(good, 'GIF89a').body,
    );
    // The other side must have the half before it is told that there is no more.
    await new Promise<void>((resolve) => socket.end(resolve));
    await new Promise((resolve) => socket.once('close', resolve).resume());

    expect(await (await globalThis.fetch(`${url}${GET}`)).json()).toEqual(refusal(41001));
    expect(await call('/emulator/media')).toMatchObject({ temporary: [] });
    await close();
  });

  test('any bytes at all arrive as they are', async () => {
    const { upload, fetch } = await createContentApi();
    const start = [...files.gif.subarray(0, 6)];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (rest) => {
        const file = Uint8Array.from([...start, ...rest]);
        const { media_id } = await upload(UPLOAD, file, 'a.gif', { type: 'image' });
        const response = await fetch(GET, { media_id: String(media_id) });
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(file);
      }),
      { numRuns: 50 },
    );
  });

  test('no form, however odd, is more than refused', async () => {
    const { fetch } = await createContentApi();
    const pieces = ['--B', '\r\n', '--', good, 'x', ': ', '"', ';', 'Content-Type'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), async (parts) => {
        const init = { ...form(good), body: parts.join('') };
        const response = await fetch(UPLOAD, { type: 'image' }, init);
        expect([40137, 41005, 44001]).toContain(
          ((await response.json()) as { errcode: number }).errcode,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a follower sends', () => {
  test('can be fetched, and a voice in its clearer form too', async () => {
    const { api, fetch, get, addMedia } = await createContentApi();
    const sent = await api.fetch('http://127.0.0.1/emulator/media?type=voice&fileName=v.speex', {
      method: 'POST',
      body: 'Speex   sound',
    });
    const { media_id } = (await sent.json()) as { media_id: string };

    const response = await fetch('/cgi-bin/media/get/jssdk', { media_id });
    expect(await response.text()).toBe('Speex   sound');
    expect(response.headers.get('content-type')).toBe('voice/speex');
    expect(response.headers.get('content-disposition')).toContain(`${media_id}.speex`);
    expect((await fetch(GET, { media_id })).status).toBe(200);
    const uploaded = await addMedia('amr', 'a.amr', 'voice');
    expect(await get('/cgi-bin/media/get/jssdk', { media_id: uploaded })).toEqual(refusal(40007));
  });

  test('must have a type', async () => {
    const { control } = await createContentApi();

    expect(await control('/emulator/media?type=letter', {})).toEqual({
      error: 'invalid media type',
      errcode: 40004,
    });
  });

  test.each([
    ['image', 'webp', 40137],
    ['image', 'mp4', 40137],
    ['video', 'jpeg', 40005],
    ['voice', 'png', 40005],
  ] as const)('is refused as %s if it is %s, whatever its name', async (type, kind, errcode) => {
    const { api } = await createContentApi();
    const send = (bytes: Uint8Array) =>
      api.fetch(`http://127.0.0.1/emulator/media?type=${type}&fileName=a.jpg`, {
        method: 'POST',
        body: new Uint8Array(bytes),
      });

    const refused = await send(files[kind]);

    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: textOf(errcode), errcode });
    expect(await (await send(new Uint8Array(0))).json()).toMatchObject({ errcode: 44001 });
    expect(await (await api.fetch('http://127.0.0.1/emulator/media')).json()).toMatchObject({
      temporary: [],
    });
  });
});

describe('pictures for articles', () => {
  test('get an address, at which they are', async () => {
    const { upload, api, lastCall } = await createContentApi();
    const answer = await upload(UPLOAD_IMAGE, files.png, 'a.png');

    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'ok',
      url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\/mmbiz_png\/[\w-]{43}\/0\?wx_fmt=png$/),
    });
    expect(await lastCall()).toMatchObject({
      endpoint: 'media.uploadImage',
      query: {},
      body: { media: { fileName: 'a.png', bytes: files.png.length } },
    });
    const response = await api.fetch(String(answer.url));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files.png);
  });

  test('over HTTP the address is on this machine', async () => {
    const { api, tokenQuery } = await createContentApi();
    const { url, close } = await api.listen(0);
    const form = new FormData();
    form.set('media', new Blob([files.jpeg]), 'a.jpg');
    const response = await fetch(`${url}${UPLOAD_IMAGE}?${await tokenQuery()}`, {
      method: 'POST',
      body: form,
    });
    const answer = (await response.json()) as { url: string };

    expect(answer.url.startsWith(`${url}/mmbiz_jpg/`)).toBe(true);
    const picture = await fetch(answer.url);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(files.jpeg);
    expect((await fetch(`${url}/mmbiz_jpg/nothing/0`)).status).toBe(404);
    await close();
  });

  test.each([
    ['a gif', files.gif, 'a.gif', 40005],
    ['a wrong picture', files.webp, 'a.jpg', 40137],
    ['a megabyte', fileOfSize('jpeg', MB), 'a.jpg', 40009],
  ])('%s', async (_name, file, fileName, errcode) => {
    const { upload } = await createContentApi();

    expect(await upload(UPLOAD_IMAGE, file, fileName)).toEqual(refusal(errcode));
  });
});
