import * as v from 'valibot';

const part = v.variant('type', [
  v.looseObject({ type: v.literal('text'), text: v.string() }),
  v.looseObject({ type: v.literal('image_url'), image_url: v.looseObject({ url: v.string() }) }),
]);

const content = v.union([v.string(), v.pipe(v.array(part), v.minLength(1))]);

/** The fields that are used here; a real provider takes some forty more. */
const completionRequest = v.looseObject({
  model: v.pipe(v.string(), v.minLength(1)),
  messages: v.pipe(
    v.array(
      v.looseObject({
        role: v.picklist(['system', 'developer', 'user', 'assistant', 'tool']),
        content,
      }),
    ),
    v.minLength(1),
  ),
  stream: v.optional(v.nullable(v.boolean())),
  stream_options: v.optional(v.nullable(v.looseObject({ include_usage: v.optional(v.boolean()) }))),
  max_tokens: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  temperature: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(2)))),
});

export type CompletionRequest = v.InferOutput<typeof completionRequest>;

/** Reads the body of a request, or gives the first thing that is wrong with it. */
export function readRequest(
  body: string,
): { readonly request: CompletionRequest } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { problem: 'We could not parse the JSON body of your request.' };
  }
  const read = v.safeParse(completionRequest, json);
  if (!read.success) {
    const [issue] = read.issues;
    return { problem: `Invalid value for '${v.getDotPath(issue) ?? 'body'}': ${issue.message}` };
  }
  if (read.output.stream_options && !read.output.stream) {
    return { problem: "The 'stream_options' parameter is only allowed when 'stream' is enabled." };
  }
  return { request: read.output };
}

/** The words of one message; of a picture, that it is one. */
export function wordsOf({ content }: CompletionRequest['messages'][number]): string {
  if (typeof content === 'string') return content;
  return content.map((each) => (each.type === 'text' ? each.text : '（图片）')).join('');
}
