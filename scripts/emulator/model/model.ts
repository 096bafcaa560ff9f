import { randomUUID } from 'node:crypto';
import { type Clock, sleep } from '../../../shared/kernel/clock.ts';
import { defaultBehaviour, type ModelBehaviour } from './behaviour.ts';
import { chunksOf, complete, wholeAnswer } from './completion.ts';
import { type Refusal, refusalFor, refuse } from './refusals.ts';
import { type CompletionRequest, readRequest } from './request.ts';

export interface ModelOptions {
  readonly clock: Clock;
  /** The key that it takes. */
  readonly key: string;
  /** The one model that it has. */
  readonly name: string;
}

/** A language model with the wire of OpenAI's chat completions. */
export interface EmulatedModel {
  /** @param hangUp how an answer breaks off; unless given, its stream fails */
  readonly fetch: (request: Request, hangUp?: () => void) => Promise<Response>;
  behaviour(): ModelBehaviour;
  behave(change: Partial<ModelBehaviour>): void;
  /** The latest requests for answers, the last one last. */
  asked(): readonly CompletionRequest[];
  /** How many requests for answers there were. */
  count(): number;
}

/** How many requests it remembers. */
const MOST_ASKED = 1_000;

const encoder = new TextEncoder();

/** @see https://platform.openai.com/docs/api-reference/chat/create */
export function createModel({ clock, key, name }: ModelOptions): EmulatedModel {
  let behaviour = defaultBehaviour;
  const asked: CompletionRequest[] = [];
  let count = 0;

  return {
    fetch: answer,
    behaviour: () => behaviour,
    behave(change) {
      behaviour = { ...behaviour, ...change };
    },
    asked: () => asked,
    count: () => count,
  };

  async function answer(request: Request, hangUp: () => void = fail): Promise<Response> {
    const { pathname } = new URL(request.url);
    const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
    if (given === undefined) return refuse('noKey');
    if (given !== key) return refuse('wrongKey');
    if (pathname === '/v1/models' && request.method === 'GET') return models();
    if (pathname !== '/v1/chat/completions') return refuse('unknownPath', pathname);
    if (request.method !== 'POST') return refuse('wrongMethod', request.method);
    const read = readRequest(await request.text());
    if ('problem' in read) return refuse('invalid', read.problem);
    if (read.request.model !== name) return refuse('unknownModel', read.request.model);
    asked.push(read.request);
    if (asked.length > MOST_ASKED) asked.shift();
    count += 1;
    return respond(read.request, request.signal, hangUp);
  }

  function models(): Response {
    const data = [{ id: name, object: 'model', created: 1_767_225_600, owned_by: 'fuwuhao' }];
    return Response.json({ object: 'list', data });
  }

  async function respond(
    request: CompletionRequest,
    signal: AbortSignal,
    hangUp: () => void,
  ): Promise<Response> {
    const now = behaviour;
    const refusal: Refusal | undefined = refusalFor(now.fault);
    if (refusal) return refuse(refusal);
    if (now.fault === 'silent') return silence(signal);
    const completion = complete(request, now, {
      id: `chatcmpl-${randomUUID()}`,
      nowMs: clock.now(),
    });
    await sleep(clock, now.firstPieceMs, signal);
    if (request.stream && now.streams) {
      const chunks = chunksOf(completion, request.stream_options?.include_usage ?? false);
      return eventStream(chunks, now, signal, hangUp);
    }
    await sleep(clock, now.pieceMs * completion.pieces.length, signal);
    return Response.json(wholeAnswer(completion));
  }

  function eventStream(
    chunks: readonly object[],
    { fault, pieceMs }: ModelBehaviour,
    signal: AbortSignal,
    hangUp: () => void,
  ): Response {
    const middle = Math.floor(chunks.length / 2);
    const send = (text: string) => encoder.encode(`data: ${text}\n\n`);
    async function* events(): AsyncGenerator<Uint8Array> {
      for (const [index, chunk] of chunks.entries()) {
        if (index === middle && fault === 'broken_off') return hangUp();
        if (index === middle && fault === 'fault_in_stream') {
          yield send(
            '{"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}',
          );
          return;
        }
        if (index > 1) await sleep(clock, pieceMs, signal);
        yield send(JSON.stringify(chunk));
      }
      yield send('[DONE]');
    }
    return new Response(streamOf(events()), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    });
  }
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

function fail(): void {
  throw new Error('The answer breaks off.');
}

function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
