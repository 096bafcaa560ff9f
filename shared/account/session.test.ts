import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { Router } from './router.ts';
import { type Session, type SessionOptions, session } from './session.ts';
import { talk } from './talk.ts';
import { TestSessions } from './test-sessions.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 1);

interface Notes {
  list: string[];
}

const notes = (options: Partial<SessionOptions<Notes>> = {}) =>
  session({
    name: 'notes',
    schema: v.strictObject({ list: v.array(v.string()) }),
    initial: { list: [] },
    expiresAfterMinutes: 10,
    ...options,
  });

/** Adds what the follower says to the notes, and answers with all of them. */
const adding = (memory: Session<Notes>) =>
  new Router().on(
    'text',
    memory.with(async (ctx, state) => {
      state.list.push(ctx.message.content);
      ctx.reply(state.list.join(' '));
    }),
  );

const say = async (account: Router, content: string, sessions: TestSessions, now = START) => {
  const reply = await talk(account, { type: 'text', content }, { sessions, now });
  return reply?.type === 'text' ? reply.content : reply;
};

describe('a session', () => {
  test('is kept between talks that are given the same sessions, and forgotten otherwise', async () => {
    const account = adding(notes());
    const sessions = new TestSessions();

    expect(await say(account, 'a', sessions)).toBe('a');
    expect(await say(account, 'b', sessions)).toBe('a b');
    expect(await say(account, 'c', new TestSessions())).toBe('c');
  });

  test('expires after the last message that used it', async () => {
    const account = adding(notes());
    const sessions = new TestSessions();
    await say(account, 'a', sessions, START);
    await say(account, 'b', sessions, START + 10 * MINUTE_MS - 1);

    expect(await say(account, 'c', sessions, START + 20 * MINUTE_MS - 1)).toBe('c');
  });

  test('that is too large says how large it is and what it may be, and is left as it was', async () => {
    const account = adding(notes({ maxBytes: 40 }));
    const sessions = new TestSessions();
    await say(account, 'short', sessions);

    await expect(say(account, '很长的一段话，很长的一段话', sessions)).rejects.toThrow(
      'The session "notes" has 60 bytes, and its maxBytes allows 40.',
    );
    expect(await say(account, 'more', sessions)).toBe('short more');
  });

  test('that could not be read again is refused when it is changed, not when it is read', async () => {
    const times = session({
      name: 'times',
      schema: v.object({ at: v.nullable(v.date()) }),
      initial: { at: null },
      expiresAfterMinutes: 10,
    });
    const account = new Router().on(
      'text',
      times.with(async (ctx, state) => {
        state.at = new Date(ctx.now());
      }),
    );

    await expect(say(account, 'now', new TestSessions())).rejects.toThrow(
      'The session "times" is not valid',
    );
  });

  test('of an earlier release is migrated, or begins anew', async () => {
    const sessions = new TestSessions();
    await say(adding(notes()), 'a', sessions);
    const schema = v.strictObject({ list: v.array(v.string()), title: v.string() });
    const later = (migrate?: (stored: unknown) => unknown) => {
      const memory = session({
        ...{ name: 'notes', schema, expiresAfterMinutes: 10 },
        initial: { list: [], title: 'empty' },
        ...(migrate ? { migrate } : {}),
      });
      return new Router().on(
        'text',
        memory.with(async (ctx, state) => ctx.reply(`${state.title}: ${state.list.join(' ')}`)),
      );
    };
    const migrated = later((stored) => ({ ...(stored as Notes), title: 'mine' }));

    expect(await say(migrated, '?', sessions)).toBe('mine: a');
    const old = new TestSessions();
    await say(adding(notes()), 'a', old);
    expect(await say(later(), '?', old)).toBe('empty: ');
  });

  test('is read beside another one, set and forgotten', async () => {
    const [first, second] = [notes(), notes({ name: 'other' })];
    const account = new Router()
      .text(
        'set',
        first.with(async (ctx) => {
          second.set(ctx, { list: ['set'] });
          second.of(ctx).list.push('more');
          ctx.reply('ok');
        }),
      )
      .text(
        'forget',
        first.with(async (ctx) => {
          second.forget(ctx);
          ctx.reply('ok');
        }),
      )
      .on(
        'text',
        first.with(async (ctx) => ctx.reply(second.of(ctx).list.join(' ') || 'nothing')),
      );
    const sessions = new TestSessions();

    await say(account, 'set', sessions);
    expect(await say(account, '?', sessions)).toBe('set more');
    await say(account, 'forget', sessions);
    expect(await say(account, '?', sessions)).toBe('nothing');
  });

  test('keeps nothing of a handler that failed, also if a middleware answers for it', async () => {
    const memory = notes();
    const account = new Router()
      .use(async (ctx, next) => {
        try {
          await next();
        } catch {
          ctx.reply('Sorry');
        }
      })
      .text(
        'fail',
        memory.with(async (_, state) => {
          state.list.push('half');
          throw new Error('fell over');
        }),
      )
      .use(adding(memory));
    const sessions = new TestSessions();

    expect(await say(account, 'fail', sessions)).toBe('Sorry');
    expect(await say(account, 'a', sessions)).toBe('a');
  });

  test('has a proper name, a time and a size, and an initial state that fits', () => {
    expect(() => notes({ name: 'My notes' })).toThrow('"My notes" has no proper name');
    expect(() => notes({ expiresAfterMinutes: 0 })).toThrow('a positive expiresAfterMinutes');
    expect(() => notes({ maxBytes: 1_000_000 })).toThrow('a maxBytes of at most 262144');
    expect(() => notes({ initial: {} as Notes })).toThrow(
      'The initial state of the session "notes"',
    );
  });

  test('is typed', () => {
    const memory = notes();
    new Router().on(
      'text',
      // @ts-expect-error there is no such field
      memory.with(async (ctx, state) => ctx.reply(state.title)),
    );
    // @ts-expect-error the state is no text
    expect(() => notes({ initial: 'nothing' })).toThrow('must be an object');
  });
});
