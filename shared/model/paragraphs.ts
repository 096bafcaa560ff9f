/** A message of a few words is no help: the follower's phone rings for each. */
const MIN_LENGTH = 80;
/** Where a paragraph ends; the white space behind it belongs to it. */
const END_OF_PARAGRAPH = /\n[^\S\n]*\n\s*/g;
const FENCE = /^(?:```|~~~)/gm;

export interface ParagraphOptions {
  /** How many texts there may be, the last of which holds all that is left. Default 5, as WeChat lets one send. */
  readonly atMost?: number;
  /** What becomes of each text: `plain` for the Markdown of a model, or a look at it that throws. */
  readonly as?: (text: string) => string;
}

/**
 * The pieces of a streamed answer as texts of whole paragraphs, each as soon as it is complete, so
 * that a follower reads the first while the model writes the next. A fenced block is never divided.
 * What the pieces return at their end, the texts return too.
 *
 * @example const { tokens } = await tell(ctx, paragraphs(model.stream(turns, ctx)));
 */
export async function* paragraphs<R>(
  pieces: AsyncGenerator<string, R>,
  { atMost = 5, as = (text) => text }: ParagraphOptions = {},
): AsyncGenerator<string, R> {
  let rest = '';
  let given = 0;
  try {
    let next = await pieces.next();
    for (; !next.done; next = await pieces.next()) {
      rest += next.value;
      // Without a line in it, a piece ends no paragraph.
      if (given >= atMost - 1 || !next.value.includes('\n')) continue;
      const end = endOfParagraphs(rest);
      if (end === undefined) continue;
      yield as(rest.slice(0, end).trim());
      rest = rest.slice(end);
      given += 1;
    }
    if (rest.trim() !== '') yield as(rest.trim());
    return next.value;
  } finally {
    // For a reader that stops early: what has ended already stays as it is.
    await pieces.return(undefined as never);
  }
}

/** The last end of a paragraph that stands in no fenced block, if enough stands before it. */
function endOfParagraphs(text: string): number | undefined {
  let last: number | undefined;
  for (const { 0: found, index } of text.matchAll(END_OF_PARAGRAPH)) {
    const before = text.slice(0, index);
    if (before.trim().length < MIN_LENGTH) continue;
    if ((before.match(FENCE)?.length ?? 0) % 2 === 0) last = index + found.length;
  }
  return last;
}
