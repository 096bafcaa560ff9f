import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../../shared/kernel/clock.ts';
import { installOnce } from '../../../install.mjs';
import type { ModelFault } from '../behaviour.ts';
import { defaultBehaviour } from '../behaviour.ts';
import { createModel } from '../model.ts';
import { listenModel } from '../server.ts';

const problem = installOnce(import.meta.dirname, "OpenAI's SDK for a test (once, 35 MB)");
if (problem && process.env.CI) throw new Error(problem);
if (problem) console.warn(`The emulated model is not tried by OpenAI's SDK: ${problem}`);

interface Chunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly total_tokens: number } | null;
}

interface Completion {
  readonly choices: readonly {
    readonly message: { readonly content: string };
    readonly finish_reason: string;
  }[];
  readonly usage: { readonly total_tokens: number };
}

/** The part of the SDK that is used here. */
interface OpenAi {
  readonly models: { list(): Promise<{ readonly data: readonly { readonly id: string }[] }> };
  readonly chat: { readonly completions: { create(request: object): Promise<unknown> } };
}

(problem ? describe.skip : describe)("OpenAI's SDK with the emulated model", () => {
  const KEY = 'sk-0123456789abcdef';
  const request = { model: 'local', messages: [{ role: 'user', content: '你好' }] } as const;
  const model = createModel({ clock: systemClock, key: KEY, name: 'local' });
  let server: Awaited<ReturnType<typeof listenModel>>;

  beforeAll(async () => {
    server = await listenModel(model, 0);
  });
  beforeEach(() =>
    model.behave({ ...defaultBehaviour, firstPieceMs: 0, pieceMs: 0, answer: '你好，世界！' }),
  );
  afterAll(() => server.close());

  function connect(apiKey = KEY): OpenAi {
    const { OpenAI } = createRequire(import.meta.url)('openai') as {
      readonly OpenAI: new (options: object) => OpenAi;
    };
    return new OpenAI({ apiKey, baseURL: server.url, maxRetries: 0 });
  }

  test('reads a whole answer', async () => {
    const { choices, usage } = (await connect().chat.completions.create(request)) as Completion;

    expect(choices).toMatchObject([
      { message: { content: '你好，世界！' }, finish_reason: 'stop' },
    ]);
    expect(usage.total_tokens).toBeGreaterThan(0);
  });

  test('reads a stream to its end, with what it cost', async () => {
    const chunks: Chunk[] = [];
    const stream = (await connect().chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    })) as AsyncIterable<Chunk>;
    for await (const chunk of stream) chunks.push(chunk);

    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
      '你好，世界！',
    );
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toContain('stop');
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  });

  test('lists the one model', async () => {
    expect(await connect().models.list()).toMatchObject({ data: [{ id: 'local' }] });
  });

  test.each([
    ['too_many_requests', 'RateLimitError', 429],
    ['overloaded', 'InternalServerError', 503],
    ['out_of_balance', 'APIError', 402],
    ['refuses_key', 'AuthenticationError', 401],
  ] as const)('knows %s as its %s', async (fault: ModelFault, name, status) => {
    model.behave({ fault });
    const error = (await connect()
      .chat.completions.create(request)
      .catch((thrown: Error & { readonly status: number }) => thrown)) as Error & {
      readonly status: number;
    };

    expect([error.constructor.name, error.status]).toEqual([name, status]);
  });

  test('knows a wrong key, a wrong model and a wrong message', async () => {
    const failed = (client: OpenAi, change: object) =>
      client.chat.completions.create({ ...request, ...change }).catch((error) => error.status);

    expect(await failed(connect('sk-wrong'), {})).toBe(401);
    expect(await failed(connect(), { model: 'gpt-9' })).toBe(404);
    expect(await failed(connect(), { messages: [] })).toBe(400);
    expect(await failed(connect(), { messages: [{ role: 'robot', content: 'x' }] })).toBe(400);
  });

  test('sees a stream that breaks off fail', async () => {
    model.behave({ fault: 'broken_off' });
    const stream = (await connect().chat.completions.create({
      ...request,
      stream: true,
    })) as AsyncIterable<Chunk>;
    const reading = (async () => {
      for await (const chunk of stream) expect(chunk).toHaveProperty('choices');
    })();

    await expect(reading).rejects.toThrow();
  });
});
