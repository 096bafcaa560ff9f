import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createLog } from '../kernel/log.ts';
import type { Api } from '../wechat/client/index.ts';
import { Router } from './router.ts';
import { talk } from './talk.ts';
import { TypingSign } from './typing.ts';

const REFUSED = new Error('45080: no message was exchanged with them in the last 30 seconds');

function fixture({ hasFollower = true, fails = false } = {}) {
  const clock = createFakeClock();
  const shown: { readonly at: number; readonly command: object }[] = [];
  const lines: string[] = [];
  const start = clock.now();
  const setTyping = async (command: object) => {
    shown.push({ at: clock.now() - start, command });
    if (fails) throw REFUSED;
  };
  const sign = new TypingSign({
    api: { customerService: { setTyping } } as unknown as Api,
    clock,
    log: createLog({ write: (line) => lines.push(line), now: () => clock.now() }),
    follower: hasFollower ? 'oAnn' : undefined,
  });
  return { clock, sign, shown, lines, signal: new AbortController().signal };
}

/** Work that takes this long. */
const working = (clock: ReturnType<typeof createFakeClock>, ms: number, fails = false) =>
  new Promise<string>((resolve, reject) => {
    clock.after(ms, () => (fails ? reject(new Error('The model is down.')) : resolve('Hello')));
  });

describe('the typing sign', () => {
  test('is shown to the follower', async () => {
    const { sign, shown, signal } = fixture();

    await sign.show(signal);

    expect(shown).toEqual([{ at: 0, command: { touser: 'oAnn', command: 'Typing' } }]);
  });

  test('stays while the work lasts, is renewed when WeChat has taken it away, and gives the outcome', async () => {
    const { clock, sign, shown, signal } = fixture();

    expect(await clock.settle(sign.during(working(clock, 40_000), signal))).toBe('Hello');

    expect(shown.map(({ at }) => at)).toEqual([0, 15_500, 31_000]);
    expect(clock.pending).toBe(0);
  });

  test('ends with work that fails, whose failure it gives', async () => {
    const { clock, sign, shown, signal } = fixture();

    await expect(clock.settle(sign.during(working(clock, 100, true), signal))).rejects.toThrow(
      'The model is down.',
    );
    expect(shown).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('is not renewed when the time of the handler is over', async () => {
    const { clock, sign, shown } = fixture();
    const handler = new AbortController();
    const outcome = sign.during(working(clock, 40_000), handler.signal);

    await clock.advance(1_000);
    handler.abort();

    expect(await clock.settle(outcome)).toBe('Hello');
    expect(shown).toHaveLength(1);
  });

  test('that WeChat refuses is in the log, and the work goes on', async () => {
    const { clock, sign, lines, signal } = fixture({ fails: true });

    expect(await clock.settle(sign.during(working(clock, 100), signal))).toBe('Hello');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('typing sign not shown');
  });

  test('is shown to nobody for an event of WeChat itself', async () => {
    const { sign, shown, signal } = fixture({ hasFollower: false });

    await sign.show(signal);

    expect(shown).toEqual([]);
  });
});

test('a handler gets the outcome of its work, whether the sign was shown or not', async () => {
  const account = new Router().on('text', async (ctx) => {
    await ctx.typing();
    ctx.reply(await ctx.typing(Promise.resolve('Hello')));
  });

  expect(await talk(account, { type: 'text', content: 'Hi' })).toMatchObject({ content: 'Hello' });
});
