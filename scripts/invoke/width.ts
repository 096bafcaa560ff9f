import widthOf from 'string-width';

const characters = new Intl.Segmenter();

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Shortens the end of a text, so that it takes at most `width` columns of a terminal. */
export function clipTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let clipped = '';
  let columns = 0;
  for (const { segment } of characters.segment(text)) {
    columns += widthOf(segment);
    if (columns > width - 1) break;
    clipped += segment;
  }
  return `${clipped}…`;
}
