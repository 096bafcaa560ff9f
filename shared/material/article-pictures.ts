import { Tokenizer } from 'htmlparser2';

/** The address of a picture in an article, where it stands in the HTML. */
export interface ArticlePicture {
  readonly start: number;
  readonly end: number;
  /** As a browser reads it. */
  readonly url: string;
}

/** Finds the addresses in the value of an attribute. */
type Finder = (value: string) => readonly { readonly at: number; readonly text: string }[];

/** The attributes that show a picture, by element; `*` stands for any element. */
const finders: Readonly<Record<string, Finder>> = {
  'img src': whole,
  'img data-src': whole,
  'img srcset': candidates,
  'source srcset': candidates,
  'video poster': whole,
  'image href': whole,
  'image xlink:href': whole,
  '* background': whole,
  '* style': inStyle,
};

const WECHAT_HOSTS = /(?:^|\.)(?:qpic|qlogo)\.cn$/i;

/**
 * Finds the pictures of an article that are not on WeChat's own host, which WeChat drops without a
 * word. They come in the order of the HTML, which is read once from its beginning to its end.
 */
export function outsidePictures(html: string): readonly ArticlePicture[] {
  const found: ArticlePicture[] = [];
  let element = '';
  let attribute = '';
  /** Of the value of the attribute. */
  let start: number | undefined;
  let end = 0;
  const ignore = () => {};
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onopentagname(from, to) {
        element = html.slice(from, to).toLowerCase();
      },
      onattribname(from, to) {
        attribute = html.slice(from, to).toLowerCase();
        start = undefined;
      },
      onattribdata(from, to) {
        start ??= from;
        end = to;
      },
      onattribend() {
        const find = finders[`${element} ${attribute}`] ?? finders[`* ${attribute}`];
        if (!find || start === undefined) return;
        for (const { at, text } of find(html.slice(start, end))) {
          const url = unescaped(text);
          const from = start + at;
          if (isOutside(url)) found.push({ start: from, end: from + text.length, url });
        }
      },
      onattribentity: ignore,
      oncdata: ignore,
      onclosetag: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onopentagend: ignore,
      onprocessinginstruction: ignore,
      onselfclosingtag: ignore,
      ontext: ignore,
      ontextentity: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return found;
}

function whole(value: string) {
  const text = value.trim();
  return [{ at: value.indexOf(text), text }];
}

/** `a.png 1x, b.png 2x` */
function candidates(value: string) {
  return [...value.matchAll(/([^\s,]\S*[^\s,])(?:\s+[\d.]+[wxh])?\s*(?:,|$)/g)].map(
    ({ index, 1: text = '' }) => ({ at: index, text }),
  );
}

/** `background: url('a.png')`; quotes may be escaped, since they stand in an attribute. */
function inStyle(value: string) {
  return [...value.matchAll(/url\(([^()]*)\)/gi)].map(({ index, 1: inner = '' }) => {
    const [opening = ''] = /^\s*(?:&quot;|&apos;|&#0*39;|["'])?\s*/.exec(inner) ?? [];
    const text = inner.slice(opening.length).replace(/\s*(?:&quot;|&apos;|&#0*39;|["'])?\s*$/, '');
    return { at: index + 'url('.length + opening.length, text };
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&amp;', '&');
}

function isOutside(url: string): boolean {
  // An empty address shows nothing, and one of a part of the page is no file.
  if (url === '' || url.startsWith('#')) return false;
  const base = 'https://relative.invalid/';
  return !URL.canParse(url, base) || !WECHAT_HOSTS.test(new URL(url, base).hostname);
}
