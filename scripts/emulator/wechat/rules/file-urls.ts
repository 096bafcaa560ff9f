import { extensionOf, type FileFormat } from './file-format.ts';

/**
 * Where a picture can be fetched without a token. A caller on this machine gets an address of the
 * emulator, anybody else WeChat's, which reaches the emulator through its `fetch`.
 */
export function pictureUrl(origin: string, id: string, format: FileFormat): string {
  const base = isLocal(origin) ? origin : `http://${PICTURE_HOST}`;
  const kind = extensionOf(format);
  return `${base}/mmbiz_${kind}/${id}/0?wx_fmt=${format}`;
}

export function videoUrl(origin: string, id: string): string {
  return `${isLocal(origin) ? origin : 'http://mpvideo.qpic.cn'}/mpvideo/${id}.mp4`;
}

/** Of an invoice. */
export function pdfUrl(origin: string, id: string): string {
  return `${isLocal(origin) ? origin : 'https://mp.weixin.qq.com'}/intp/invoice/${id}.pdf`;
}

/** Whether a picture may stand in an article. */
export function isPictureUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return false;
  return (
    url.hostname === PICTURE_HOST || (isLocal(url.origin) && url.pathname.startsWith('/mmbiz_'))
  );
}

/** Of an address that the emulator gave out. */
export function pictureIdOf(text: string): string | undefined {
  if (!isPictureUrl(text)) return undefined;
  return /^\/mmbiz_\w+\/([\w-]+)\/0$/.exec(new URL(text).pathname)?.[1];
}

const PICTURE_HOST = 'mmbiz.qpic.cn';

function isLocal(origin: string): boolean {
  return ['127.0.0.1', 'localhost'].includes(new URL(origin).hostname);
}
