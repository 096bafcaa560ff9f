import { Tokenizer } from 'htmlparser2';
import { isWeChatPicture } from './wechat-pictures.ts';

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

/** `a.png 1x, b.png 2x`: the first word of each part. A comma inside of an address separates nothing. */
function candidates(value: string) {
  const found: { at: number; text: string }[] = [];
  let isFirst = true;
  for (const { index, 0: word } of value.matchAll(/[^\s]+/g)) {
    const opening = word.length - word.replace(/^,+/, '').length;
    const text = word.slice(opening).replace(/,+$/, '');
    if (isFirst && text !== '') found.push({ at: index + opening, text });
    isFirst = word.endsWith(',');
  }
  return found;
}

const QUOTES = ['&quot;', '&apos;', '&#39;', '&#039;', '"', "'"];

/** `background: url('a.png')`; quotes may be escaped, since they stand in an attribute. */
function inStyle(value: string) {
  const found: { at: number; text: string }[] = [];
  for (let from = 0; ; ) {
    const opening = /url\(/gi;
    opening.lastIndex = from;
    const match = opening.exec(value);
    if (!match) return found;
    from = match.index + match[0].length;
    const end = value.indexOf(')', from);
    if (end < 0) return found;
    const inner = value.slice(from, end);
    if (inner.includes('(')) continue;
    const { start, text } = unquoted(inner);
    found.push({ at: from + start, text });
    from = end;
  }
}

function unquoted(inner: string) {
  let start = inner.length - inner.trimStart().length;
  let text = inner.trim();
  const before = QUOTES.find((quote) => text.startsWith(quote)) ?? '';
  text = text.slice(before.length);
  start += before.length + text.length - text.trimStart().length;
  text = text.trim();
  const after = QUOTES.find((quote) => text.endsWith(quote)) ?? '';
  return { start, text: text.slice(0, text.length - after.length).trimEnd() };
}

function unescaped(text: string): string {
  return text.replaceAll('&amp;', '&');
}

function isOutside(url: string): boolean {
  // An empty address shows nothing, and one of a part of the page is no file.
  if (url === '' || url.startsWith('#')) return false;
  const base = 'https://relative.invalid/';
  return !URL.canParse(url, base) || !isWeChatPicture(new URL(url, base));
}
