import { formatOf } from '../wechat/rules/file-format.ts';
import { playSeconds } from '../wechat/rules/play-time.ts';
import { refusalOf } from './wechat-control.ts';

/** Where the page finds a file of the emulated WeChat. */
export function mediaUrl(mediaId: string): string {
  return `emulator/media/${encodeURIComponent(mediaId)}`;
}

/** The files that WeChat has: what followers and the account have sent. */
export interface MediaShelf {
  /** `undefined` for a media id that is not here; people type those by hand. */
  get(mediaId: string): Promise<{ bytes: Uint8Array; contentType: string } | undefined>;
  /** How long a voice plays, rounded as WeChat shows it. */
  seconds(mediaId: string): Promise<number | undefined>;
  /** A follower sends a file; gives its media id. @throws BadRequest if WeChat does not take it */
  put(type: string, fileName: string, bytes: Uint8Array): Promise<string>;
}

export function createMediaShelf(fetch: typeof globalThis.fetch): MediaShelf {
  async function get(mediaId: string) {
    if (!/^[\w-]+$/.test(mediaId)) return undefined;
    const response = await fetch(`http://wechat.test/mmbiz_jpg/${mediaId}/0`);
    if (!response.ok) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { bytes, contentType: response.headers.get('content-type') ?? '' };
  }

  return {
    get,
    async seconds(mediaId) {
      const file = await get(mediaId);
      const format = file && formatOf(file.bytes);
      const seconds = format && playSeconds(format, file.bytes);
      return seconds === undefined ? undefined : Math.max(1, Math.round(seconds));
    },
    async put(type, fileName, bytes) {
      const query = new URLSearchParams({ type, fileName });
      const response = await fetch(`http://wechat.test/emulator/media?${query}`, {
        method: 'POST',
        body: new Uint8Array(bytes),
      });
      const answer = (await response.json()) as {
        media_id?: string;
        error?: string;
        errcode?: number;
      };
      if (!answer.media_id) throw refusalOf(response, answer);
      return answer.media_id;
    },
  };
}
