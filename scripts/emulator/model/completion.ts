import { answerTo, piecesOf, tokensOf } from './answer.ts';
import type { ModelBehaviour } from './behaviour.ts';
import { type CompletionRequest, wordsOf } from './request.ts';

type FinishReason = 'stop' | 'length' | 'content_filter';

/** An answer before it is put on the wire. */
export interface Completion {
  readonly id: string;
  /** In seconds. */
  readonly created: number;
  readonly model: string;
  readonly pieces: readonly string[];
  readonly finish: FinishReason;
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
  };
}

export function complete(
  request: CompletionRequest,
  behaviour: ModelBehaviour,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Completion {
  const whole = piecesOf(behaviour.answer ?? answerTo(request));
  const most = request.max_tokens ?? Number.POSITIVE_INFINITY;
  // A piece of three characters is about three tokens of Chinese.
  const pieces = whole.slice(0, Math.max(1, Math.floor(most / 3)));
  const isCut = pieces.length < whole.length;
  const finish = behaviour.fault === 'filtered' ? 'content_filter' : isCut ? 'length' : 'stop';
  const prompt_tokens = tokensOf(request.messages.map(wordsOf));
  const completion_tokens = tokensOf([pieces.join('')]);
  return {
    id,
    created: Math.floor(nowMs / 1_000),
    model: request.model,
    pieces,
    finish,
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

/** `chat.completion`: the whole answer at once. */
export function wholeAnswer({ id, created, model, pieces, finish, usage }: Completion) {
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: pieces.join(''), refusal: null },
        logprobs: null,
        finish_reason: finish,
      },
    ],
    usage,
  };
}

/** `chat.completion.chunk`: the role first, then the pieces, the reason to end, and if asked the usage. */
export function chunksOf(completion: Completion, withUsage: boolean): object[] {
  const { id, created, model, pieces, finish, usage } = completion;
  // With usage asked for, every other chunk says that it has none.
  const usual = { id, object: 'chat.completion.chunk', created, model };
  const none = withUsage ? { usage: null } : {};
  const chunk = (delta: object, finish_reason: FinishReason | null) => ({
    ...usual,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...none,
  });
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...pieces.map((content) => chunk({ content }, null)),
    chunk({}, finish),
    ...(withUsage ? [{ ...usual, choices: [], usage }] : []),
  ];
}
