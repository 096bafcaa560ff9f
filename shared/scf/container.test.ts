import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { testEnv } from '../../scripts/testing/test-account.ts';
import { Router } from '../account/router.ts';
import { callbackApp } from '../app/callback.ts';
import { systemWorld } from '../app/parts/world.ts';
import type { WorkerApp } from '../app/worker.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { createLog } from '../kernel/log.ts';
import { containerApp } from './container.ts';
import { WorkerHere } from './worker-here.ts';

const MINUTE = 60_000;

/** A worker whose shifts end when the test says so. */
function prepare() {
  const clock = createFakeClock();
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const log = createLog({ write, now: clock.now, level: 'info' }, { function: 'callback' });
  const shifts: { readonly untilMs: number | undefined; readonly end: () => void }[] = [];
  let opened = 0;
  let failures = 0;
  const app = {
    clock,
    log,
    work: (untilMs?: number) =>
      new Promise<object>((resolve) => shifts.push({ untilMs, end: () => resolve({}) })),
  } as unknown as WorkerApp;
  const worker = new WorkerHere({
    clock,
    log,
    async open() {
      opened += 1;
      if (failures-- > 0) throw new Error('The database is not there.');
      return app;
    },
  });
  const settle = () => clock.advance(0);
  return {
    ...{ clock, lines, shifts, worker, settle },
    opened: () => opened,
    failNext(times: number) {
      failures = times;
    },
  };
}

describe('the worker in a process of its own', () => {
  test('begins a shift when it is woken, and is loaded once', async () => {
    const { worker, shifts, settle, opened, clock } = prepare();

    worker.wake();
    await settle();
    expect(shifts).toHaveLength(1);
    expect(shifts[0]?.untilMs).toBe(clock.now() + 55_000);
    shifts[0]?.end();
    await settle();
    worker.wake();
    await settle();
    expect([shifts.length, opened()]).toEqual([2, 1]);
  });

  test('looks once more after a shift in which it was woken, however often', async () => {
    const { worker, shifts, settle } = prepare();

    for (let wakes = 0; wakes < 5; wakes += 1) worker.wake();
    await settle();
    expect(shifts).toHaveLength(1);
    shifts[0]?.end();
    await settle();
    expect(shifts).toHaveLength(2);
    shifts[1]?.end();
    await settle();
    expect(shifts).toHaveLength(2);
  });

  test('begins one every minute, unless one is under way', async () => {
    const { worker, shifts, clock } = prepare();

    worker.start();
    await clock.advance(MINUTE - 1);
    expect(shifts).toHaveLength(0);
    await clock.advance(1);
    expect(shifts).toHaveLength(1);
    shifts[0]?.end();
    await clock.advance(MINUTE);
    expect(shifts).toHaveLength(2);
  });

  test('that fails to start says so, and starts anew a minute later', async () => {
    const { worker, shifts, clock, lines, opened, failNext } = prepare();
    failNext(1);

    worker.start();
    await clock.advance(MINUTE);
    expect([shifts.length, opened()]).toEqual([0, 1]);
    expect(lines.join()).toContain('"event":"tick failed"');
    await clock.advance(MINUTE);
    expect([shifts.length, opened()]).toEqual([1, 2]);
  });

  test('ends when its shift has ended, but waits no longer than it may, and begins none then', async () => {
    const { worker, shifts, settle, clock } = prepare();
    worker.start();
    worker.wake();
    await settle();

    let isOver = false;
    const ended = worker.end(5_000).then(() => {
      isOver = true;
    });
    worker.wake();
    await clock.advance(4_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await ended;
    await clock.advance(2 * MINUTE);
    expect(shifts).toHaveLength(1);
  });
});

describe('a container', () => {
  const KEY = 'a key of the operators, long'.replaceAll(' ', '-').padEnd(32, '-');
  const request: HttpRequest = {
    method: 'POST',
    path: '/.functions/menu',
    query: {},
    headers: { authorization: `Bearer ${KEY}` },
    body: '{"action":"get"}',
    requestId: 'r1',
  };

  function open(env: Readonly<Record<string, string>> = {}) {
    const { WECHAT_TOKEN: _, ...unsigned } = testEnv;
    const invoked: unknown[] = [];
    const lines: string[] = [];
    const world = {
      ...systemWorld,
      env: { ...unsigned, PUSH_DOOR: 'container', ...env },
      clock: createFakeClock(),
      writeLine: (line: string) => lines.push(line),
    };
    const app = containerApp(world, {
      callback: (inside) =>
        callbackApp(
          new Router().use(() => {}),
          inside,
        ),
      worker: async () => {
        throw new Error('no job was enqueued');
      },
      functions: async () => ({
        menu: async (event, context) => {
          invoked.push([event, context]);
          return { ok: true, data: 'done', requestId: 'r1' };
        },
      }),
    });
    return { app, invoked, lines };
  }

  test('invokes a function for the key, under the id of the request', async () => {
    const { app, invoked } = open({ INVOKE_KEY: KEY });

    expect(await app.handle(request)).toMatchObject({
      status: 200,
      body: '{"ok":true,"data":"done","requestId":"r1"}',
    });
    expect(invoked).toEqual([[{ action: 'get' }, { request_id: 'r1' }]]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, Partial<HttpRequest>, number]>([
    ['no key is set', {}, {}, 403],
    ['no key is given', { INVOKE_KEY: KEY }, { headers: {} }, 401],
    [
      'another key is given',
      { INVOKE_KEY: KEY },
      { headers: { authorization: `Bearer ${KEY}x` } },
      401,
    ],
    ['it is only asked for', { INVOKE_KEY: KEY }, { method: 'GET' }, 405],
    ['there is no such function', { INVOKE_KEY: KEY }, { path: '/.functions/toString' }, 404],
    ['the body is no JSON', { INVOKE_KEY: KEY }, { body: 'get' }, 400],
  ])('invokes nothing where %s', async (_, env, change, status) => {
    const { app, invoked, lines } = open(env);

    expect(await app.handle({ ...request, ...change })).toMatchObject({ status });
    expect(invoked).toEqual([]);
    const isRefused = status === 401 || status === 403;
    expect(lines.join().includes('"event":"invocation refused"')).toBe(isRefused);
    expect(lines.join()).not.toContain(KEY);
  });

  test('answers pushes as ever, also below a path that looks alike', async () => {
    const { app } = open({ INVOKE_KEY: KEY, PUSH_PUBLIC_ACCESS: 'off' });

    expect(
      await app.handle({
        ...request,
        path: '/.functions',
        body: '{"action":"CheckContainerPath"}',
      }),
    ).toMatchObject({ status: 200, body: 'success' });
  });

  test('has the worker in it, unless another is to be woken', () => {
    expect(open().app.background).toBeInstanceOf(WorkerHere);
    expect(open({ WORKER_WAKE: 'none' }).app.background).toBeUndefined();
    expect(open({ PUSH_DOOR: 'signed', WECHAT_TOKEN: 'abc' }).app.background).toBeUndefined();
    expect(
      open({ PUSH_DOOR: 'signed', WECHAT_TOKEN: 'abc', WORKER_WAKE: 'here' }).app.background,
    ).toBeInstanceOf(WorkerHere);
  });

  test('an HTTP function of SCF, which is frozen between requests, has none', () => {
    const scf = { PUSH_DOOR: 'signed', WECHAT_TOKEN: 'abc', TENCENTCLOUD_RUNENV: 'SCF' };

    expect(open(scf).app.background).toBeUndefined();
    expect(() => open({ ...scf, WORKER_WAKE: 'here' })).toThrow('WORKER_WAKE is here');
  });
});
