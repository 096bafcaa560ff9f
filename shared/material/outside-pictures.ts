const PICTURE = /<img\b[^>]*?\s(?:data-)?src\s*=\s*["']?([^"'\s>]+)/gi;
const WECHAT_HOSTS = /(?:^|\.)(?:qpic|qlogo)\.cn$/i;

/** Pictures in an article that are not on WeChat's own host: it drops them without a word. */
export function outsidePictures(content: string): number {
  return [...content.matchAll(PICTURE)].filter(([, url = '']) => !isOnWeChat(url)).length;
}

function isOnWeChat(url: string): boolean {
  const base = 'https://relative.invalid/';
  return URL.canParse(url, base) && WECHAT_HOSTS.test(new URL(url, base).hostname);
}
