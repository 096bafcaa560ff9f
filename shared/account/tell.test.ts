import { expect, test } from '@jest/globals';
import { weChatError } from '../wechat/errcodes.ts';
import { Router } from './router.ts';
import { exchange, talk } from './talk.ts';
import { tell } from './tell.ts';

async function* texts(...all: string[]): AsyncGenerator<string, number> {
  yield* all;
  return all.length;
}

/** An account that says these texts; WeChat refuses what it is sent from the `refusedFrom`th message on. */
function setUp(
  all: readonly string[],
  { refusedFrom = Number.POSITIVE_INFINITY, isMissing = false } = {},
) {
  const sent: unknown[] = [];
  const refusals: unknown[] = [];
  let attempts = 0;
  let ended: number | undefined;
  const account = new Router().on('text', async (ctx) => {
    ended = await tell(ctx, texts(...all));
  });
  const refusal = weChatError({ endpoint: 'customerService.send', errcode: 48_001, errmsg: 'no' });
  const say = () =>
    exchange(
      account,
      { type: 'text', content: 'hi' },
      {
        api: {
          customerService: {
            async send(message: object) {
              attempts += 1;
              if (attempts >= refusedFrom) throw refusal;
              sent.push((message as { text: { content: string } }).text.content);
              return { errcode: 0 as const, errmsg: 'ok' };
            },
          },
        },
        delivery: {
          right: {
            isMissing: async () => isMissing,
            noteRefusal: async (error) => void refusals.push(error),
          },
        },
      },
    );
  return { say, sent, refusals, attempts: () => attempts, ended: () => ended };
}

test('each text but the last is sent, the last is the reply, and the end is given back', async () => {
  const { say, sent, ended } = setUp(['one', 'two', 'three']);

  expect((await say()).reply).toMatchObject({ content: 'three' });
  expect(sent).toEqual(['one', 'two']);
  expect(ended()).toBe(3);
});

test('what WeChat refuses stands in the reply with all that follows, and the refusal is noted', async () => {
  const { say, sent, attempts, refusals } = setUp(['one', 'two', 'three', 'four'], {
    refusedFrom: 2,
  });

  expect((await say()).reply).toMatchObject({ content: 'two\n\nthree\n\nfour' });
  expect(sent).toEqual(['one']);
  expect(attempts()).toBe(2);
  expect(refusals).toMatchObject([{ errcode: 48_001 }]);
});

test('an account without the right sends nothing', async () => {
  const { say, attempts } = setUp(['one', 'two'], { isMissing: true });

  expect((await say()).reply).toMatchObject({ content: 'one\n\ntwo' });
  expect(attempts()).toBe(0);
});

test('no text is no reply, and texts that fail are closed', async () => {
  expect((await setUp([]).say()).reply).toBeUndefined();

  let isClosed = false;
  async function* failing(): AsyncGenerator<string, void> {
    try {
      yield 'one';
      throw new Error('broke off');
    } finally {
      isClosed = true;
    }
  }
  const account = new Router().on('text', (ctx) => tell(ctx, failing()));
  await expect(talk(account, { type: 'text', content: 'hi' })).rejects.toThrow('broke off');
  expect(isClosed).toBe(true);
});
