import * as v from 'valibot';

/** A part of what a follower says to a model that can look at pictures. */
const chatPart = v.variant('type', [
  v.object({ type: v.literal('text'), text: v.string() }),
  v.object({ type: v.literal('image_url'), image_url: v.object({ url: v.string() }) }),
]);

/** One message of a conversation with a model, as OpenAI's API spells it, and as a session keeps it. */
export const chatTurn = v.object({
  role: v.picklist(['system', 'user', 'assistant']),
  content: v.union([v.string(), v.pipe(v.array(chatPart), v.readonly())]),
});

export type ChatPart = v.InferOutput<typeof chatPart>;
export type ChatTurn = v.InferOutput<typeof chatTurn>;

/** A picture has no bytes here; models count some hundreds of tokens for one. */
const TOKENS_OF_PICTURE = 800;
/** What a model adds for the role of a turn. */
const TOKENS_OF_ROLE = 4;

/**
 * The last turns that stay within a budget of tokens, in their order, so that a memory cannot grow
 * beyond what a model takes and what it may cost. They begin with a turn of the follower's: an answer
 * without its question tells a model nothing. The last turn is always there.
 *
 * Tokens are estimated, since each model counts in its own way: three bytes of UTF-8 are one, which is
 * about right for Chinese and a little too much for English.
 */
export function recentTurns<T extends ChatTurn>(turns: readonly T[], maxTokens: number): T[] {
  let first = turns.length;
  let tokens = 0;
  while (first > 0) {
    const turn = turns[first - 1];
    tokens += turn ? estimateTokens(turn) : 0;
    if (tokens > maxTokens && first < turns.length) break;
    first -= 1;
  }
  while (first < turns.length - 1 && turns[first]?.role === 'assistant') first += 1;
  return turns.slice(first);
}

/** About how many tokens a model counts for a turn. */
export function estimateTokens({ content }: ChatTurn): number {
  const parts: readonly ChatPart[] =
    typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return parts.reduce(
    (sum, part) =>
      sum +
      (part.type === 'text' ? Math.ceil(Buffer.byteLength(part.text) / 3) : TOKENS_OF_PICTURE),
    TOKENS_OF_ROLE,
  );
}
