import { describe, expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';
import { pictureSize } from '../rules/picture-size.ts';

const bytes = (...codes: readonly (string | number)[]) =>
  new Uint8Array(
    Buffer.concat(
      codes.map((code) =>
        typeof code === 'string' ? Buffer.from(code, 'latin1') : Buffer.from([code]),
      ),
    ),
  );
const gif = bytes('GIF89a', 200, 0, 100, 0);
const png = bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 1, 0, 0, 0, 0, 80);
/** A table of Huffman codes comes before the frame. */
const jpeg = bytes(
  ...[0xff, 0xd8, 0xff, 0xc4, 0, 4, 0, 0],
  ...[0xff, 0xc0, 0, 11, 8, 0, 50, 0, 70, 1, 1, 0x11, 0],
);

test.each([
  ['gif', gif, { w: 200, h: 100 }],
  ['png', png, { w: 256, h: 80 }],
  ['jpeg', jpeg, { w: 70, h: 50 }],
  ['a jpeg that ends early', jpeg.subarray(0, 12), undefined],
  ['a png that ends early', png.subarray(0, 20), undefined],
  ['text', bytes('hello'), undefined],
])('the size of %s', (_, picture, size) => {
  expect(pictureSize(picture)).toEqual(size);
});

async function createPictureApi() {
  const api = await createContentApi();
  async function send(path: string, picture?: Uint8Array, query: Record<string, string> = {}) {
    const form = new FormData();
    if (picture) form.set('img', new Blob([new Uint8Array(picture)]), 'p.gif');
    const init = picture ? { method: 'POST', body: form } : { method: 'POST' };
    return (await api.fetch(path, query, init)).json() as Promise<Record<string, unknown>>;
  }
  const tell = (endpoint: string, result: object | null) =>
    api.call('/emulator/recognitions', {
      method: 'PUT',
      body: JSON.stringify({ endpoint, result }),
    });
  return { ...api, send, tell };
}

describe('pictures', () => {
  test('are cut to the wanted ratios around their middle', async () => {
    const { send } = await createPictureApi();

    expect(await send('/cv/img/aicrop', gif, { ratios: '4' })).toMatchObject({
      results: [{ crop_left: 0, crop_top: 25, crop_right: 200, crop_bottom: 75 }],
      img_size: { w: 200, h: 100 },
    });
    expect(await send('/cv/img/aicrop', gif)).toMatchObject({
      results: [{ crop_left: 0, crop_top: 0, crop_right: 200, crop_bottom: 100 }],
    });
    expect((await send('/cv/img/aicrop', gif, { ratios: '1,1,1,1,1,1' })).errcode).toBe(40097);
    expect((await send('/cv/img/aicrop', gif, { ratios: '-1' })).errcode).toBe(40097);
  });

  test.each([
    ['no picture at all', undefined, {}, 41005],
    ['something else', bytes('hello'), {}, 101002],
    ['more than 2 MB', bytes('GIF89a', 1, 0, 1, 0, 'x'.repeat(2_097_152)), {}, 101002],
    ['no address', undefined, { img_url: 'somewhere' }, 101000],
    ['an address of a file', undefined, { img_url: 'file:///etc/passwd' }, 101000],
    [
      'a picture that is gone',
      undefined,
      { img_url: 'http://mmbiz.qpic.cn/mmbiz_jpg/x/0' },
      101000,
    ],
  ])('%s is refused', async (_, picture, query: Record<string, string>, errcode) => {
    const { send } = await createPictureApi();

    expect((await send('/cv/ocr/comm', picture, query)).errcode).toBe(errcode);
  });

  test('hold no paper until a tester says what is on it', async () => {
    const { send, tell } = await createPictureApi();

    expect((await send('/cv/ocr/idcard', gif)).errcode).toBe(101001);
    await tell('ocr.readIdCard', { type: 'Back', valid_date: '20200101-20300101' });
    expect(await send('/cv/ocr/idcard', gif)).toMatchObject({ errcode: 0, type: 'Back' });
    await tell('ocr.readIdCard', null);
    expect((await send('/cv/ocr/idcard', gif)).errcode).toBe(101001);
    expect(await tell('ocr.readNothing', {})).toEqual({
      error: 'No endpoint has the name ocr.readNothing.',
    });
  });

  test('without text and codes give empty lists, and their size', async () => {
    const { send } = await createPictureApi();
    const img_size = { w: 200, h: 100 };

    expect(await send('/cv/ocr/comm', gif)).toMatchObject({ items: [], img_size });
    expect(await send('/cv/img/qrcode', gif)).toMatchObject({ code_results: [], img_size });
  });
});

describe('speech', () => {
  test('of a voice that was never sent is an error, of another silence', async () => {
    const { fetch, upload, post } = await createPictureApi();
    const ask = async () =>
      (
        await fetch(
          '/cgi-bin/media/voice/queryrecoresultfortext',
          { voice_id: 'v' },
          {
            method: 'POST',
          },
        )
      ).json();
    expect(await ask()).toMatchObject({ errcode: 40097 });

    const path = '/cgi-bin/media/voice/addvoicetorecofortext';
    expect((await upload(path, bytes('ID3 sound'), 'v.mp3')).errcode).toBe(40097);
    const form = new FormData();
    form.set('media', new Blob([bytes('ID3 sound')]), 'v.mp3');
    const query = { format: 'mp3', voice_id: 'v' };
    await fetch(path, query, { method: 'POST', body: form });
    expect(await ask()).toMatchObject({ errcode: 0, result: '' });
    expect((await post('/cgi-bin/media/voice/translatecontent', { content: 'a' })).errcode).toBe(
      40097,
    );
  });

  test('in writing has at most 600 bytes', async () => {
    const { fetch } = await createPictureApi();
    const translate = async (content: string) =>
      (
        await fetch(
          '/cgi-bin/media/voice/translatecontent',
          { lfrom: 'zh_CN', lto: 'en_US' },
          { method: 'POST', body: JSON.stringify({ content }) },
        )
      ).json();

    expect(await translate('好'.repeat(200))).toMatchObject({ to_content: '好'.repeat(200) });
    expect(await translate('好'.repeat(201))).toMatchObject({ errcode: 40035 });
    expect(await translate('')).toMatchObject({ errcode: 40035 });
  });
});

test.each([
  [{ product_id: '7', article_type: 'newspic', card_type: 3 }, { product_key: /7$/ }],
  [{ product_id: '7', article_type: 'news', card_type: 0 }, { DOM: /7/ }],
  [{ product_id: '7', article_type: 'news', card_type: 3 }, { errcode: 40097 }],
  [{ product_id: '7', article_type: 'newspic', card_type: 0 }, { errcode: 40097 }],
  [{ product_id: 'x', article_type: 'news', card_type: 0 }, { errcode: 40097 }],
  [{ product_id: '7', article_type: 'news' }, { errcode: 41011 }],
])('the card of a product: %j', async (asked, answer) => {
  const { post } = await createContentApi();
  const expected = Object.entries(answer).map(([name, value]) => [
    name,
    value instanceof RegExp ? expect.stringMatching(value) : value,
  ]);

  expect(await post('/channels/ec/service/product/getcardinfo', asked)).toMatchObject(
    Object.fromEntries(expected) as object,
  );
});
