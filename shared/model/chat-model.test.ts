import { describe, expect, test } from '@jest/globals';
import { createModel } from '../../scripts/emulator/model/model.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { Secret } from '../kernel/secret.ts';
import { ChatModel, type ChatModelOptions } from './chat-model.ts';
import type { ChatTurn } from './turn.ts';

const KEY = 'sk-0123456789abcdef';
const question: readonly ChatTurn[] = [
  { role: 'system', content: '简短地回答。' },
  { role: 'user', content: '发货了吗？' },
];

function fixture(options: Partial<ChatModelOptions> = {}) {
  const clock = createFakeClock();
  const emulated = createModel({ clock, key: KEY, name: 'local' });
  const model = new ChatModel({
    url: 'http://127.0.0.1/v1',
    key: new Secret(KEY),
    model: 'local',
    fetch: (input, init) => emulated.fetch(new Request(input, init)),
    ...options,
  });
  const { signal } = new AbortController();
  const ask = (turns = question) => clock.settle(model.answer(turns, { signal }));
  return { clock, emulated, model, ask, signal };
}

/** An endpoint that answers with this, whatever it is asked. */
const saying = (body: string, headers = { 'content-type': 'text/event-stream' }) =>
  fixture({ fetch: async () => new Response(body, { headers }) });

const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
const piece = (content: string, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason }] });

describe('a model', () => {
  test('answers, and tells what it cost', async () => {
    const { emulated, ask } = fixture();
    emulated.behave({ answer: '已发货，**明天**到。🚚' });

    expect(await ask()).toEqual({
      text: '已发货，**明天**到。🚚',
      finish: 'stop',
      tokens: { prompt: 19, completion: expect.any(Number) },
    });
    expect(emulated.asked()).toEqual([
      {
        model: 'local',
        messages: question,
        stream: true,
        stream_options: { include_usage: true },
      },
    ]);
  });

  test('hands over each piece as it comes', async () => {
    const { clock, emulated, model, signal } = fixture();
    emulated.behave({ answer: '一二三四五六', firstPieceMs: 1_000, pieceMs: 500 });
    const pieces = model.stream(question, { signal });

    const start = clock.now();
    expect(await clock.settle(pieces.next())).toEqual({ done: false, value: '一二三' });
    expect(clock.now() - start).toBeLessThan(1_500);
    expect(await clock.settle(pieces.next())).toEqual({ done: false, value: '四五六' });
    expect(clock.now() - start).toBeGreaterThanOrEqual(1_500);
  });

  test('takes further parameters, and a `/` at the end of the URL', async () => {
    const { emulated, ask } = fixture({
      url: 'http://127.0.0.1/v1/',
      parameters: { max_tokens: 6, temperature: 0 },
    });
    emulated.behave({ answer: '一二三四五六七八九' });

    expect(await ask()).toMatchObject({ text: '一二三四五六', finish: 'length' });
  });

  test('says that the provider did not let an answer pass', async () => {
    const { emulated, ask } = fixture();
    emulated.behave({ fault: 'filtered' });

    expect(await ask()).toMatchObject({ finish: 'content_filter' });
  });

  test('looks at a picture', async () => {
    const { emulated, ask } = fixture();
    const content = [
      { type: 'text', text: '这是什么？' },
      { type: 'image_url', image_url: { url: 'https://mmbiz.qpic.cn/a' } },
    ] as const;

    await ask([{ role: 'user', content }]);

    expect(emulated.asked()[0]?.messages).toEqual([{ role: 'user', content }]);
  });

  test.each([
    ['refuses_key', 'unauthorized', 'refuses the key'],
    ['out_of_balance', 'upstream', 'top it up'],
    ['too_many_requests', 'rate_limited', 'try again later'],
    ['overloaded', 'upstream', 'HTTP 503'],
    ['broken_off', 'upstream', 'broke off'],
    ['fault_in_stream', 'upstream', 'broke off'],
  ] as const)('%s is %s', async (fault, code, words) => {
    const { emulated, ask } = fixture();
    emulated.behave({ fault });

    await expect(ask()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test.each([
    ['a wrong key', { key: new Secret('sk-wrong') }, 'unauthorized'],
    ['an unknown model', { model: 'gpt-9' }, 'not_found'],
    ['a wrong path', { url: 'http://127.0.0.1/v2' }, 'not_found'],
    ['a wrong parameter', { parameters: { temperature: 9 } }, 'invalid'],
  ])('%s is told, without the key', async (_, options, code) => {
    const error = await fixture(options)
      .ask()
      .catch((thrown) => thrown);

    expect(error).toMatchObject({ code });
    expect(JSON.stringify([error.message, error.details])).not.toContain('sk-');
  });

  test('an endpoint that is not there is told', async () => {
    const { ask } = fixture({
      fetch: async () => {
        throw new TypeError('fetch failed');
      },
    });

    await expect(ask()).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining('cannot be reached'),
    });
  });

  test.each([0, 700])(
    'stops when the caller does, %d ms after the first piece',
    async (laterMs) => {
      const { clock, emulated, model } = fixture();
      emulated.behave({ fault: laterMs ? 'none' : 'silent', firstPieceMs: 100, pieceMs: 500 });
      const controller = new AbortController();
      const answer = model.answer(question, { signal: controller.signal }).catch((error) => error);

      await clock.advance(100 + laterMs);
      controller.abort(new Error('The time is over.'));

      expect(await clock.settle(answer)).toMatchObject({ message: 'The time is over.' });
      expect(clock.pending).toBe(0);
    },
  );
});

describe('an endpoint that differs', () => {
  test('may answer at once although it was asked to stream', async () => {
    const answer = {
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: '好' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    };

    expect(
      await saying(JSON.stringify(answer), { 'content-type': 'application/json' }).ask(),
    ).toEqual({ text: '好', finish: 'stop', tokens: { prompt: 1, completion: 2 } });
  });

  test('may send comments, other line ends, null for what it does not know, and thoughts apart', async () => {
    const thought = event({ choices: [{ delta: { content: null, reasoning_content: '嗯' } }] });
    const body = `: keep-alive\n\n${thought}${piece('好').replaceAll('\n', '\r\n')}${piece('的', 'stop')}data: [DONE]\n\n`;

    expect(await saying(body).ask()).toEqual({ text: '好的', finish: 'stop', tokens: undefined });
  });

  test('may leave out the end mark, but not the reason why the answer ends', async () => {
    expect(await saying(piece('好', 'stop')).ask()).toMatchObject({ text: '好' });
    await expect(saying(piece('好')).ask()).rejects.toMatchObject({ code: 'upstream' });
  });

  test.each([
    ['a page', '<html>', { 'content-type': 'text/html' }],
    ['JSON of another kind', '"ok"', { 'content-type': 'application/json' }],
    ['events of another kind', 'data: hello\n\n', { 'content-type': 'text/event-stream' }],
  ])('%s is no answer', async (_, body, headers) => {
    await expect(saying(body, headers).ask()).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining('no answer of an OpenAI-compatible model'),
    });
  });
});
