import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { action, noPayload } from '../kernel/action.ts';
import type { App } from '../kernel/app.ts';
import { AppError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import { type Invocation, invokable } from './invoke.ts';

interface Adder extends App {
  readonly add: (a: number, b: number) => number;
}

const actions = {
  add: action(
    v.strictObject({ a: v.number(), b: v.pipe(v.number(), v.minValue(0, 'must not be negative')) }),
    async ({ a, b }, app: Adder) => app.add(a, b),
  ),
  ping: action(noPayload, async () => undefined),
  refuse: action(noPayload, async () => {
    throw new AppError('upstream', 'WeChat said no.', { details: { errcode: 48001 } });
  }),
  crash: action(noPayload, async () => {
    throw new Error('inner words');
  }),
};

function setUp(environ = 'SCF_NAMESPACE=env') {
  const lines: string[] = [];
  const app: Adder = {
    log: createLog({ write: (line) => lines.push(line), now: () => 0 }),
    clock: createFakeClock(),
    add: (a, b) => a + b,
  };
  const main = invokable(actions, () => app);
  const invoke = (event: unknown) => main(event, { request_id: 'r1', environ });
  return { invoke, lines };
}

describe('invokable', () => {
  test('runs an action with its checked payload', async () => {
    const { invoke } = setUp();
    const event = { action: 'add', payload: { a: 1, b: 2 } } satisfies Invocation<typeof actions>;

    expect(await invoke(event)).toEqual({ ok: true, data: 3, requestId: 'r1' });
    expect(await invoke({ action: 'ping' })).toEqual({ ok: true, data: null, requestId: 'r1' });
  });

  test.each([
    ['no object', 'add', /Actions: add, ping, refuse, crash/],
    ['no action', {}, /Actions: add/],
    ['an unknown action', { action: 'sub' }, /no action "sub". Known: add, ping/],
    ['an inherited name', { action: '__proto__' }, /no action/],
    ['a misspelt key', { action: 'ping', paylod: {} }, /The event has unknown fields: paylod/],
    ['a payload for nothing', { action: 'ping', payload: { a: 1 } }, /a is not known here/],
    ['a wrong type', { action: 'add', payload: { a: 'private', b: 1 } }, /a must be a number/],
    ['a broken rule', { action: 'add', payload: { a: 1, b: -1 } }, /b must not be negative/],
    ['a missing key', { action: 'add', payload: { a: 1 } }, /b is missing/],
    ['an unknown key', { action: 'add', payload: { a: 1, b: 1, c: 1 } }, /c is not known here/],
  ])('answers %s with what is expected, and never with the value', async (_, event, message) => {
    const outcome = await setUp().invoke(event);

    expect(outcome).toMatchObject({
      ok: false,
      requestId: 'r1',
      error: { code: 'invalid', message: expect.stringMatching(message) },
    });
    expect(JSON.stringify(outcome)).not.toContain('private');
  });

  test('an expected failure keeps its code and details, a bug its words to itself', async () => {
    const { invoke, lines } = setUp();

    expect(await invoke({ action: 'refuse' })).toMatchObject({
      error: { code: 'upstream', message: 'WeChat said no.', details: { errcode: 48001 } },
    });
    const bug = await invoke({ action: 'crash' });
    expect(bug).toMatchObject({ error: { code: 'internal' } });
    expect(JSON.stringify(bug)).not.toContain('inner words');
    expect(lines.at(-1)).toContain('inner words');
    expect(lines.at(-1)).toContain('r1');
  });

  test('what the caller did wrong is no error of ours in the log', async () => {
    const { invoke, lines } = setUp();

    await invoke({ action: 'add', payload: { a: 'private', b: 1 } });
    await invoke({ action: 'sub' });
    await invoke({ action: 'refuse' });

    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = logged.filter(({ level }) => level !== 'debug');
    expect(told).toEqual([
      expect.objectContaining({ level: 'warn', event: 'invocation refused', reason: 'invalid' }),
      expect.objectContaining({ level: 'warn', event: 'invocation refused', reason: 'invalid' }),
      expect.objectContaining({ level: 'error', event: 'failed' }),
    ]);
    expect(JSON.stringify(told)).not.toContain('private');
  });

  test('a client of the environment is refused', async () => {
    const { invoke } = setUp('WX_OPENID=oClient;TCB_SOURCE=wx_client');

    const outcome = await invoke({ action: 'add', payload: { a: 1, b: 2 } });

    expect(outcome).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('the types know the payload of each action', () => {
    // @ts-expect-error b is missing
    const wrong: Invocation<typeof actions> = { action: 'add', payload: { a: 1 } };
    expect(wrong.action).toBe('add');
  });
});
