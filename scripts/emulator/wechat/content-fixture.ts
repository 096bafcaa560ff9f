import { expect } from '@jest/globals';
import type { WechatApiOptions } from './api.ts';
import { type Answer, createTestApi } from './api-fixture.ts';
import type { EventMessage } from './push/messages.ts';
import type { EmulatedFollower } from './state/followers.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
      ),
    ),
  );

/** The shortest files that are what they say. */
export const files = {
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe0], 'picture', [0x0d, 0x0a, 0x2d, 0x2d, 0]),
  png: bytes([0x89], 'PNG\r\n', [0x1a], '\n', 'picture'),
  gif: bytes('GIF89a', 'picture'),
  bmp: bytes('BM', 'picture'),
  webp: bytes('RIFF', [4, 0, 0, 0], 'WEBP'),
  amr: bytes('#!AMR\n', [0x3c], '.'.repeat(31)),
  mp3: bytes([0xff, 0xfb, 0x90, 0], '.'.repeat(413)),
  wav: bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ', '.'.repeat(12), [0x40, 0x1f, 0, 0], '.'.repeat(20)),
  wma: bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], 'sound'),
  mp4: bytes([0, 0, 0, 24], 'ftypisom', 'film'),
};

/** A file of the given size that begins like one of the above. */
export function fileOfSize(kind: keyof typeof files, size: number): Uint8Array {
  const file = new Uint8Array(size);
  file.set(files[kind].subarray(0, size));
  return file;
}

const follower = (openid: string, change: Partial<EmulatedFollower> = {}): EmulatedFollower => ({
  openid,
  isFollowing: true,
  isBlacklisted: false,
  refusesMessages: false,
  tagIds: [],
  clientPlatform: '1',
  ...change,
});

/** Ann and Ben follow, Cid has left, Dan is blacklisted. Tag 2 is Ann's, tags 2 and 100 are Ben's. */
export const people: readonly EmulatedFollower[] = [
  follower('oAnn', { tagIds: [2], wechatId: 'ann' }),
  follower('oBen', { tagIds: [2, 100], clientPlatform: '2' }),
  follower('oCid', { isFollowing: false, wechatId: 'cid' }),
  follower('oDan', { isBlacklisted: true }),
];

/** An emulated account with followers and a token, and the calls that tests of its content make. */
export async function createContentApi(options: Partial<WechatApiOptions> = {}) {
  const events: EventMessage[] = [];
  const test = createTestApi({
    pushEvent: async (event) => events.push(event),
    ...options,
  });
  const token = await test.tokenQuery();
  await test.post(`/cgi-bin/tags/create?${token}`, { tag: { name: 'the hundredth' } });
  for (const { openid, isFollowing, ...rest } of people) {
    const put = (body: object) =>
      test.call(`/emulator/followers/${openid}`, { method: 'PUT', body: JSON.stringify(body) });
    await put({ isFollowing: true, ...rest });
    if (!isFollowing) await put({ isFollowing });
  }
  const query = (fields: Readonly<Record<string, string>>) => {
    const rest = new URLSearchParams(fields).toString();
    return rest === '' ? token : `${token}&${rest}`;
  };

  const get = (path: string, fields: Readonly<Record<string, string>> = {}) =>
    test.get(`${path}?${query(fields)}`);
  const post = (path: string, body: unknown = {}) => test.post(`${path}?${token}`, body);
  const postText = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
    test.call(`${path}?${token}`, { method: 'POST', body });
  const fetch = (path: string, fields: Readonly<Record<string, string>> = {}, init?: RequestInit) =>
    test.api.fetch(`https://api.weixin.qq.com${path}?${query(fields)}`, init);

  function upload(
    path: string,
    file: Uint8Array,
    fileName: string,
    { type, description }: { type?: string; description?: unknown } = {},
  ): Promise<Answer> {
    const form = new FormData();
    form.set('media', new Blob([new Uint8Array(file)]), fileName);
    if (description !== undefined) {
      form.set(
        'description',
        typeof description === 'string' ? description : JSON.stringify(description),
      );
    }
    const fields = type === undefined ? {} : { type };
    return test.call(`${path}?${query(fields)}`, { method: 'POST', body: form });
  }

  async function addMaterial(
    kind: keyof typeof files,
    fileName: string,
    type: string,
  ): Promise<string> {
    const description = type === 'video' ? { title: 'A film', introduction: 'of us' } : undefined;
    const options = { type, ...(description ? { description } : {}) };
    const { media_id } = await upload(
      '/cgi-bin/material/add_material',
      files[kind],
      fileName,
      options,
    );
    return String(media_id);
  }

  async function addMedia(
    kind: keyof typeof files,
    fileName: string,
    type: string,
  ): Promise<string> {
    const { media_id } = await upload('/cgi-bin/media/upload', files[kind], fileName, { type });
    return String(media_id);
  }

  /** A draft with as many articles as there are titles. */
  async function addDraft(...titles: string[]): Promise<string> {
    const thumb_media_id = await addMaterial('jpeg', 'cover.jpg', 'thumb');
    const articles = titles.map((title) => ({ title, content: '<p>Text</p>', thumb_media_id }));
    const { media_id } = await post('/cgi-bin/draft/add', { articles });
    return String(media_id);
  }

  /** The last call, as the emulator noted it. */
  async function lastCall() {
    const calls = (await test.call('/emulator/calls')) as unknown as readonly {
      endpoint: string;
      query: Record<string, string>;
      body: string;
    }[];
    const { endpoint, query: sent, body } = calls.at(-1) ?? { endpoint: '', query: {}, body: '' };
    const { access_token: _, ...rest } = sent;
    return { endpoint, query: rest, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
  }

  return {
    ...test,
    control: test.post,
    events,
    get,
    post,
    postText,
    fetch,
    upload,
    addMaterial,
    addMedia,
    addDraft,
    lastCall,
  };
}

export const refusal = (errcode: number) => ({
  errcode,
  errmsg: expect.stringMatching(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
});
