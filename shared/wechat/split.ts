import { AppError } from '../kernel/errors.ts';
import { MAX_TEXT_BYTES } from './limits.ts';

/**
 * The places where a reader expects a pause, the best ones first: a paragraph, a line, a sentence, a
 * clause or a word. Each pattern ends where the text may be cut.
 */
const pauses: readonly RegExp[] = [
  /\n[^\S\n]*\n/g,
  /\n/g,
  /(?:[。！？!?…]+|\.(?=\s))["'”’』」）)\]]*\s*/g,
  /[，、；：,;:]\s*|\s+/g,
];

/**
 * What a cut would break: a fenced block of Markdown, a link of WeChat, an address. A link has a
 * limit, so that text full of links that never end is read in linear time.
 */
const UNBREAKABLE =
  /^(```|~~~)[\s\S]*?(?:^\1|$(?![\s\S]))|<a\b[^>]{0,2000}>[\s\S]{0,2000}?<\/a>|https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gm;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Made with the first long text, since it takes milliseconds to make. */
let graphemes: Intl.Segmenter | undefined;

/**
 * Cuts a long text into texts that one message can hold, at paragraphs where that is possible, else
 * at lines, sentences, clauses or words. A character, an emoji, a link (an address or `<a>`) and a
 * fenced block of Markdown stay whole, unless one alone is longer than a message. Nothing but white
 * space at the cuts is left out.
 *
 * @param maxBytes the size of one text in bytes of UTF-8; by default what WeChat takes, 2048
 * @returns no text at all if there is nothing but white space
 * @throws AppError `invalid` if `maxBytes` cannot hold one character
 */
export function split(content: string, maxBytes: number = MAX_TEXT_BYTES): string[] {
  if (!(maxBytes >= 4)) {
    throw new AppError(
      'invalid',
      `split: ${maxBytes} bytes cannot hold a character; 4 and more can.`,
    );
  }
  const spans = unbreakableSpans(content);
  const parts: string[] = [];
  let from = 0;
  while (from < content.length) {
    const to = from + cutLength(content, from, maxBytes, spans);
    const part = trimEnds(content.slice(from, to));
    if (part !== '') parts.push(part);
    from = to;
  }
  return parts;
}

/** Spaces before the first character stay: they may be the indentation of a line of code. */
const trimEnds = (part: string): string => part.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

function unbreakableSpans(content: string): readonly Span[] {
  return [...content.matchAll(UNBREAKABLE)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** How much of the text from here on goes into the next message. */
function cutLength(
  content: string,
  from: number,
  maxBytes: number,
  spans: readonly Span[],
): number {
  const room = wholeCharacters(content, from, maxBytes);
  if (from + room === content.length) return room;
  const around = spans.filter(({ start, end }) => end > from && start < from + room);
  const isWhole = (at: number) => !around.some(({ start, end }) => start < at && at < end);
  const window = content.slice(from, from + room);
  // A message of less than half its size looks torn: then a lesser pause further on is better.
  for (const pause of pauses) {
    const at = lastPause(window, pause, room / 2, (length) => isWhole(from + length));
    if (at !== undefined) return at;
  }
  if (isWhole(from + room)) return room;
  const [first] = around.filter(({ end }) => end > from + room);
  if (first && first.start > from) return first.start - from;
  // A block that is longer than a message is cut between two of its lines, or else anywhere.
  return lastPause(window, /\n/g, 0, () => true) ?? room;
}

function lastPause(
  window: string,
  pause: RegExp,
  least: number,
  isAllowed: (length: number) => boolean,
): number | undefined {
  let last: number | undefined;
  for (const { 0: found, index } of window.matchAll(pause)) {
    const length = index + found.length;
    if (length >= least && isAllowed(length)) last = length;
  }
  return last;
}

/** The most code units from here on that are whole characters, as a reader counts them, and fit. */
function wholeCharacters(content: string, from: number, maxBytes: number): number {
  // No character has fewer bytes than code units.
  const window = content.slice(from, from + maxBytes + 1);
  graphemes ??= new Intl.Segmenter('zh', { granularity: 'grapheme' });
  const fits = fitting(
    [...graphemes.segment(window)].map(({ segment }) => segment),
    maxBytes,
  );
  // A cluster of marks that no message can hold is cut between its code points.
  return fits || fitting([...window], maxBytes);
}

function fitting(characters: readonly string[], maxBytes: number): number {
  let length = 0;
  let bytes = 0;
  for (const character of characters) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    length += character.length;
  }
  return length;
}
