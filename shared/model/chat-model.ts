import { EventSourceParserStream } from 'eventsource-parser/stream';
import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';
import { type ModelChunk, readChunk } from './chunk.ts';
import { brokenOff, refusalOf } from './refusal.ts';
import type { ChatTurn } from './turn.ts';

/** The stream ends with this event, which is no JSON. */
const END = '[DONE]';

export interface ChatModelOptions {
  /**
   * Of an OpenAI-compatible endpoint, without `/chat/completions`: `https://api.deepseek.com/v1`,
   * `https://api.hunyuan.cloud.tencent.com/v1`, `https://dashscope.aliyuncs.com/compatible-mode/v1`; for
   * the models of CloudBase `https://ENV_ID.api.tcloudbasegateway.com/v1/ai/cloudbase/v1`, with an API
   * key of the environment.
   * https://docs.cloudbase.net/en/ai/quickstart/ai-tools
   */
  readonly url: string;
  readonly key: Secret;
  /** The model's name, as the provider spells it: `deepseek-chat`. */
  readonly model: string;
  /** Further fields of the request, such as `{ max_tokens: 800, temperature: 0.3 }`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

export interface AskOptions {
  /** `ctx.signal`: a model may think for longer than WeChat waits. */
  readonly signal: AbortSignal;
}

export interface ModelAnswer {
  readonly text: string;
  /** `stop`; `length` if `max_tokens` cut it; `content_filter` if the provider did not let it pass. */
  readonly finish: string;
  /** What the provider counts, if it says so: its price. */
  readonly tokens: { readonly prompt: number; readonly completion: number } | undefined;
}

/**
 * A language model behind an OpenAI-compatible endpoint.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export class ChatModel {
  readonly #options: ChatModelOptions;

  constructor(options: ChatModelOptions) {
    this.#options = options;
  }

  /**
   * The whole answer.
   *
   * @throws AppError `unauthorized`, `rate_limited`, `upstream` and others, each with what to do;
   * the signal's reason when it is aborted
   */
  async answer(turns: readonly ChatTurn[], options: AskOptions): Promise<ModelAnswer> {
    const pieces = this.stream(turns, options);
    for (;;) {
      const next = await pieces.next();
      if (next.done) return next.value;
    }
  }

  /** The answer piece by piece, as the model writes it, and at its end the whole. @throws as `answer` */
  async *stream(
    turns: readonly ChatTurn[],
    { signal }: AskOptions,
  ): AsyncGenerator<string, ModelAnswer> {
    let text = '';
    let finish: string | undefined;
    let tokens: ModelAnswer['tokens'];
    for await (const chunk of this.#chunks(turns, signal)) {
      text += chunk.piece;
      finish = chunk.finish ?? finish;
      tokens = chunk.tokens ?? tokens;
      if (chunk.piece !== '') yield chunk.piece;
    }
    if (finish === undefined) throw brokenOff();
    return { text, finish, tokens };
  }

  async *#chunks(turns: readonly ChatTurn[], signal: AbortSignal): AsyncGenerator<ModelChunk> {
    const response = await this.#ask(turns, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw refusalOf(response.status);
    }
    try {
      for await (const data of dataOf(response)) {
        if (data === END) return;
        const chunk = readChunk(data);
        if (!chunk) throw new AppError('upstream', NO_COMPLETION);
        if (chunk.hasFailed) throw brokenOff();
        yield chunk;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof AppError ? error : brokenOff(error);
    }
  }

  async #ask(messages: readonly ChatTurn[], signal: AbortSignal): Promise<Response> {
    const { url, key, model, parameters, fetch = globalThis.fetch } = this.#options;
    const body = {
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...parameters,
    };
    try {
      return await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key.reveal()}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // A key must not follow the request to another host.
        redirect: 'error',
        signal,
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new AppError(
        'upstream',
        'The model cannot be reached. Check its URL and the network.',
        {
          cause,
        },
      );
    }
  }
}

const NO_COMPLETION =
  'What came is no answer of an OpenAI-compatible model. Check the URL: it ends before `/chat/completions`, mostly with `/v1`.';

/** The data of each event, or the one answer of a provider that does not stream. */
async function* dataOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  if (!/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) {
    yield await response.text();
    return;
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) yield data;
}
