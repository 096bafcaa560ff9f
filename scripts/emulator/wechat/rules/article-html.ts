import { isPictureUrl } from './file-urls.ts';

const DIGEST_CHARS = 54;

/** HTML as WeChat keeps it: without scripts, and without pictures from elsewhere. */
export function cleanHtml(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script\s*>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ''),
    )
    .replace(/<img\b[^>]*>/gi, (tag) => (isPictureUrl(sourceOf(tag)) ? tag : ''));
}

function sourceOf(tag: string): string {
  const [, double, single] = /\s(?:data-)?src\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag) ?? [];
  return (double ?? single ?? '').replaceAll('&amp;', '&');
}

/** What stands in the digest when the author gives none. */
export function digestOf(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...text].slice(0, DIGEST_CHARS).join('');
}

export function holdsTags(text: string): boolean {
  return /<\/?[a-z][^>]*>/i.test(text);
}
