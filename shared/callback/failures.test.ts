import { describe, expect, test } from '@jest/globals';
import { createInboxFixture, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { defer } from '../account/defer.ts';
import { keepReply } from '../account/failures.ts';
import { Router } from '../account/router.ts';
import { slow } from '../account/slow.ts';
import { talk } from '../account/talk.ts';
import { AppError } from '../kernel/errors.ts';
import { text } from '../wechat/reply.ts';

const fail = () => {
  throw new Error('fell over');
};
const failLater = async () => fail();
const sorry = () => new Router().onError((_, ctx) => ctx.reply('Sorry.'));
const failures = (lines: readonly string[]) =>
  lines.filter((line) => line.includes('"handler failed"'));

describe('a handler that fails', () => {
  test.each([
    ['at once', fail],
    ['later', failLater],
    ['slow', slow(failLater)],
  ])('is answered by onError, and is a failure all the same: %s', async (_, handler) => {
    const { deliver, settle, lines } = createInboxFixture(sorry().text('hi', handler));

    expect(await settle(deliver(said('hi')))).toMatchObject({ reply: text('Sorry.') });
    expect(failures(lines)).toHaveLength(1);
    expect(failures(lines)[0]).toContain('fell over');
  });

  test('has replied nothing, unless its route keeps the reply', async () => {
    const account = new Router()
      .text('dropped', async (ctx) => {
        ctx.reply('Done.');
        fail();
      })
      .text(
        'kept',
        keepReply(async (ctx) => {
          ctx.reply('Done.');
          fail();
        }),
      );
    const { deliver, settle, lines } = createInboxFixture(account);

    expect(await settle(deliver(said('dropped')))).toMatchObject({ reply: undefined });
    expect(await settle(deliver(said('kept', { MsgId: '2' })))).toMatchObject({
      reply: text('Done.'),
    });
    expect(failures(lines)).toHaveLength(2);
  });

  test('is answered anew although it had replied', async () => {
    const account = sorry().text('hi', async (ctx) => {
      ctx.reply('Done.');
      fail();
    });
    const { deliver, settle } = createInboxFixture(account);

    expect(await settle(deliver(said('hi')))).toMatchObject({ reply: text('Sorry.') });
  });

  test('gets the same answer for a repeat, and does not run again', async () => {
    let runs = 0;
    const account = sorry().text('hi', async () => {
      runs += 1;
      fail();
    });
    const { deliver, settle, clock } = createInboxFixture(account);
    await settle(deliver(said('hi')));
    await clock.advance(5_000);

    expect(await settle(deliver(said('hi')))).toMatchObject({
      reply: text('Sorry.'),
      standing: 'repeat',
    });
    expect(runs).toBe(1);
  });

  test('of a router inside is answered by that one, else by the one around it', async () => {
    const inside = new Router()
      .onError((_, ctx) => ctx.reply('From inside.'))
      .text('inside', fail)
      .text('passed', (_, next) => next());
    const account = sorry().use(inside).use(new Router().text('other', fail)).text('passed', fail);
    const { deliver, settle } = createInboxFixture(account);
    const answerTo = async (word: string, id: string) =>
      (await settle(deliver(said(word, { MsgId: id })))).reply;

    expect(await answerTo('inside', '1')).toEqual(text('From inside.'));
    expect(await answerTo('other', '2')).toEqual(text('Sorry.'));
    // The router inside passed the message on: the failure is not its own.
    expect(await answerTo('passed', '3')).toEqual(text('Sorry.'));
  });

  test('and then onError too leaves both errors in the log, and no answer', async () => {
    const account = new Router()
      .onError(() => {
        throw new Error('fell over too');
      })
      .text('hi', fail);
    const { deliver, settle, lines } = createInboxFixture(account);

    expect(await settle(deliver(said('hi')))).toMatchObject({ reply: undefined });
    expect(failures(lines)[0]).toContain('"fell over"');
    expect(failures(lines)[0]).toContain('"fell over too"');
  });

  test('throws in a test, unless the answer is asked for', async () => {
    const account = sorry().text('hi', fail);
    const hi = { type: 'text', content: 'hi' } as const;

    await expect(talk(account, hi)).rejects.toThrow('fell over');
    expect(await talk(account, hi, { errors: 'answer' })).toEqual(text('Sorry.'));
  });
});

describe('a message that the worker gives up', () => {
  const hopeless = defer(() => {
    throw new AppError('invalid', 'This cannot be done.');
  });

  test('is told of by onDead, and not by onError', async () => {
    const account = sorry()
      .onDead((error, ctx) => ctx.reply(`Sorry: ${(error as Error).message}`))
      .text('hi', hopeless);
    const { deliver, settle, work, sent, jobs } = createInboxFixture(account);
    await settle(deliver(said('hi')));
    await work();

    expect(sent()).toEqual(['Sorry: This cannot be done.']);
    expect(await jobs()).toMatchObject([{ state: 'dead' }]);
  });

  test('is told of after the last attempt, once', async () => {
    let runs = 0;
    const account = new Router()
      .onDead((_, ctx) => ctx.reply('Sorry.'))
      .text(
        'hi',
        defer(() => {
          runs += 1;
          fail();
        }),
      );
    const { deliver, settle, work, sent, clock } = createInboxFixture(account);
    await settle(deliver(said('hi')));
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await work();
      await clock.advance(10 * 60_000);
    }

    expect(runs).toBe(5);
    expect(sent()).toEqual(['Sorry.']);
  });

  test('is dead also if onDead fails', async () => {
    const account = new Router().onDead(fail).text('hi', hopeless);
    const { deliver, settle, work, lines, jobs } = createInboxFixture(account);
    await settle(deliver(said('hi')));
    await work();

    expect(await jobs()).toMatchObject([{ state: 'dead' }]);
    expect(lines.join('')).toContain('onDead failed');
  });
});
