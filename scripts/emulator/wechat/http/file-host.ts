import { contentTypeOf, formatOf } from '../rules/file-format.ts';
import type { World } from '../world.ts';

/** The answer to a request for such an address; `undefined` for any other. */
export function serveFile({ files }: World, { method, url }: Request): Response | undefined {
  const [, picture, video, pdf] =
    /^\/(?:mmbiz_\w+\/([\w-]+)\/0|mpvideo\/([\w-]+)\.mp4|intp\/invoice\/([\w-]+)\.pdf)$/.exec(
      new URL(url).pathname,
    ) ?? [];
  const id = picture ?? video ?? pdf;
  if (id === undefined || method !== 'GET') return undefined;
  const bytes = files.get(id);
  if (bytes && pdf) {
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/pdf' } });
  }
  const format = bytes && formatOf(bytes);
  if (!bytes || !format) return new Response('', { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentTypeOf(format) },
  });
}
