import * as v from 'valibot';

/** Providers add fields of their own, and write `null` where a field is not known yet. */
const usage = v.object({ prompt_tokens: v.number(), completion_tokens: v.number() });

const choice = v.object({
  delta: v.optional(v.object({ content: v.nullish(v.string()) })),
  message: v.optional(v.object({ content: v.nullish(v.string()) })),
  finish_reason: v.nullish(v.string()),
});

const chunk = v.object({
  choices: v.optional(v.array(choice), []),
  usage: v.nullish(usage),
  error: v.nullish(v.unknown()),
});

/** What one event of the stream says; a whole answer, from a provider that does not stream, as well. */
export interface ModelChunk {
  readonly piece: string;
  readonly finish?: string;
  readonly tokens?: { readonly prompt: number; readonly completion: number };
  /** The provider tells of a failure in the middle of its stream. */
  readonly hasFailed: boolean;
}

/** Reads `chat.completion.chunk` and `chat.completion`; `undefined` if it is neither. */
export function readChunk(text: string): ModelChunk | undefined {
  const read = v.safeParse(chunk, parsed(text));
  if (!read.success) return undefined;
  const { choices, usage: used, error } = read.output;
  const [first] = choices;
  return {
    piece: first?.delta?.content ?? first?.message?.content ?? '',
    hasFailed: error !== undefined && error !== null,
    ...(first?.finish_reason ? { finish: first.finish_reason } : {}),
    ...(used ? { tokens: { prompt: used.prompt_tokens, completion: used.completion_tokens } } : {}),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
