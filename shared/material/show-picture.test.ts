import { describe, expect, test } from '@jest/globals';
import { jpg } from './samples.test-data.ts';
import { createShowPicture, MAX_SHOWN_BYTES } from './show-picture.ts';

function setUp({
  bytes = jpg(),
  apiBaseUrl = 'https://api.weixin.qq.com',
}: {
  readonly bytes?: Buffer;
  readonly apiBaseUrl?: string;
} = {}) {
  const asked: string[] = [];
  const fetchAs = (way: string) => async (url: string, maxBytes: number) => {
    asked.push(`${way} ${url}`);
    return { bytes: bytes.length > maxBytes ? undefined : bytes, name: '' };
  };
  const showPicture = createShowPicture({
    fetchWebFile: fetchAs('safely'),
    fetchFromApi: fetchAs('freely'),
    apiBaseUrl,
  });
  return { asked, showPicture };
}

const OURS = 'http://mmbiz.qpic.cn/mmbiz_jpg/x/0?wx_fmt=jpeg';

describe('a picture for a page that loads nothing from elsewhere', () => {
  test('comes from the hosts of WeChat, by the fetcher that reaches public hosts alone', async () => {
    const { asked, showPicture } = setUp();

    const shown = await showPicture({ url: OURS });

    expect(shown).toEqual({ contentType: 'image/jpeg', base64: jpg().toString('base64') });
    expect(asked).toEqual([`safely ${OURS}`]);
  });

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:9001/2015-03-31/runtime',
    'https://qpic.cn.evil.example/a.png',
    'https://evil.example/mmbiz.qpic.cn/a.png',
    'http://mmbiz.qpic.cn@127.0.0.1/a.png',
    'http://127.0.0.1/mmbiz_png/x/0',
    'https://evilqpic.cn/a.png',
  ])('comes from nowhere else: %s', async (url) => {
    const { asked, showPicture } = setUp();

    await expect(showPicture({ url })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('not on a host of WeChat'),
    });
    expect(asked).toEqual([]);
  });

  test('of the emulator comes from there, if its address is the one of the API', async () => {
    const url = 'http://127.0.0.1:4321/mmbiz_jpg/x/0';
    const own = setUp({ apiBaseUrl: 'http://127.0.0.1:4321' });
    const other = setUp({ apiBaseUrl: 'http://127.0.0.1:1234' });

    await own.showPicture({ url });
    await other.showPicture({ url });

    expect(own.asked).toEqual([`freely ${url}`]);
    expect(other.asked).toEqual([`safely ${url}`]);
  });

  test('is refused if it is no picture, or larger than an answer may be', async () => {
    const text = setUp({ bytes: Buffer.from('<html>') });
    const large = setUp({ bytes: jpg(MAX_SHOWN_BYTES + 1) });

    await expect(text.showPicture({ url: OURS })).rejects.toThrow('leads to no picture');
    await expect(large.showPicture({ url: OURS })).rejects.toThrow('has more than 3145728 bytes');
  });
});
