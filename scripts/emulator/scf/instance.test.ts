import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type ScfFixture, startScfFixture, until } from './fixture.ts';

let running: ScfFixture | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(...args: Parameters<typeof startScfFixture>): Promise<ScfFixture> {
  running = await startScfFixture(...args);
  return running;
}

/** Runs what the event says, as the body of an async function. */
const RUN = `
  const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  exports.main = (event, context) =>
    (0, eval)('async (event, context, later) => {' + event.run + '}')(event, context, later);`;

const run = (fixture: ScfFixture, code: string, environ = {}) =>
  fixture.scf.invoke('fn', { run: code }, { environ });

/** The request during which a line was written. */
function requestOf({ log }: ScfFixture, line: string): string | undefined {
  return log.find((entry) => entry.line === line)?.requestId;
}

describe('between two events', () => {
  test('the process is stopped, and a timer of the first runs in the second', async () => {
    const fixture = await start({ fn: RUN });
    const first = await run(fixture, 'setTimeout(() => console.log("leftover"), 1)');
    const { pid } = fixture.scf.instances()[0] ?? {};
    await until(() => /^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
    expect(fixture.lines()).toEqual([]);

    const second = await run(fixture, 'await later(20)');

    expect(requestOf(fixture, 'leftover')).toBe(second.requestId);
    expect(second).toMatchObject({ ok: true, cold: false, instance: 'fn-1' });
    expect(first).toMatchObject({ ok: true, cold: true, instance: 'fn-1' });
  });

  test('the state of the module is kept, and so is process.env', async () => {
    const fixture = await start({ fn: RUN });

    await run(fixture, 'globalThis.count = 1', { WX_OPENID: 'follower', CUT: 'a=b' });
    const second = await run(fixture, 'return [++count, process.env, context]', { OTHER: 'x' });

    const [count, env, context] = second.ok ? (second.result as Record<string, unknown>[]) : [];
    expect(count).toBe(2);
    expect(env).toMatchObject({ WX_OPENID: 'follower', CUT: 'a', OTHER: 'x' });
    expect(context?.environ).toBe('SCF_NAMESPACE=default;OTHER=x');
    expect(JSON.parse(String(context?.environment))).toEqual({
      SCF_NAMESPACE: 'default',
      OTHER: 'x',
    });
  });

  test('a failure left behind fails the next event', async () => {
    const fixture = await start({ fn: RUN });
    await run(fixture, 'setTimeout(() => { throw new Error("leftover") }, 1)');

    const second = await run(fixture, 'await later(1000); return "never"');
    const third = await run(fixture, 'return "fine"');

    expect(second).toMatchObject({ ok: false, error: { statusCode: 430, stackTrace: 'leftover' } });
    expect(third).toMatchObject({ ok: true, result: 'fine', cold: false });
  });

  test('a promise that outlived its event does not answer the next one', async () => {
    const fixture = await start({ fn: RUN });
    await run(fixture, 'setTimeout(() => { throw new Error("x") }, 1); await later(30); return 1');

    const second = await run(fixture, 'await later(60); return 2');

    expect(second).toMatchObject({ ok: true, result: 2 });
    expect(fixture.lines().join()).toContain('an earlier invocation ended only now');
  });

  test('nothing of the runtime piles up', async () => {
    const fixture = await start({ fn: RUN });
    const count = `return [process.getActiveResourcesInfo().length,
      process.eventNames().map((name) => process.listenerCount(name))]`;
    const [first] = [await run(fixture, count)];

    for (let event = 0; event < 100; event++) await run(fixture, 'return 1');
    const last = await run(fixture, count);

    expect(last.ok && last.result).toEqual(first.ok && first.result);
    expect(fixture.scf.instances()).toMatchObject([{ invocations: 102 }]);
  });
});

describe('callbackWaitsForEmptyEventLoop', () => {
  const code = (waits: boolean) => `
    exports.main = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = ${waits};
      setTimeout(() => console.log('timer'), 20);
      callback(null, 'called');
    };`;

  test('true: the answer waits for the timer', async () => {
    const fixture = await start({ fn: code(true) });

    const outcome = await fixture.scf.invoke('fn', {});

    expect(outcome).toMatchObject({ ok: true, result: 'called' });
    expect(requestOf(fixture, 'timer')).toBe(outcome.requestId);
  });

  test('false: the timer waits for the next event', async () => {
    const fixture = await start({ fn: code(false) });

    const outcome = await fixture.scf.invoke('fn', {});

    expect(outcome).toMatchObject({ ok: true, result: 'called' });
    expect(fixture.lines()).toEqual([]);
  });
});

describe('what a function is given', () => {
  test('only its own variables and the platform’s', async () => {
    process.env.SECRET_OF_THE_PARENT = 'x';
    const fixture = await start(
      { fn: { code: RUN, environment: { MINE: '1' } } },
      { namespace: 'env-1', region: 'ap-test', platformEnv: { TENCENTCLOUD_SECRETID: 'id' } },
    );

    const outcome = await run(fixture, 'return process.env');

    delete process.env.SECRET_OF_THE_PARENT;
    const env = outcome.ok ? (outcome.result as Record<string, string>) : {};
    expect(env).toMatchObject({
      MINE: '1',
      TENCENTCLOUD_RUNENV: 'SCF',
      TENCENTCLOUD_REGION: 'ap-test',
      TENCENTCLOUD_SECRETID: 'id',
      SCF_NAMESPACE: 'env-1',
      SCF_FUNCTIONNAME: 'fn',
      TZ: 'UTC',
    });
    expect(Object.keys(env)).not.toContain('SECRET_OF_THE_PARENT');
    expect(Object.keys(env)).not.toContain('HOME');
  });

  test('a context, and the folder of its bundle to work in', async () => {
    const fixture = await start({ fn: { code: RUN, memoryMb: 512, timeoutSeconds: 7 } });

    const outcome = await run(
      fixture,
      'return [{ ...context }, typeof context.getContext().request_id, process.cwd() + "/", process.env.USER_CODE_ROOT]',
    );

    const [context, requestId, cwd, root] = outcome.ok ? (outcome.result as unknown[]) : [];
    expect(context).toMatchObject({
      request_id: outcome.requestId,
      function_name: 'fn',
      function_version: '$LATEST',
      namespace: 'default',
      memory_limit_in_mb: 512,
      time_limit_in_ms: 7000,
      callbackWaitsForEmptyEventLoop: true,
    });
    expect(requestId).toBe('string');
    expect(cwd).toBe(root);
  });
});

describe('limits', () => {
  test('time: the instance is killed and the next event starts cold', async () => {
    const fixture = await start({ fn: { code: RUN, timeoutSeconds: 1 } });

    const late = await run(fixture, 'console.log("in"); for (;;);');
    await fixture.scf.reload('fn', { timeoutSeconds: 20 });
    const next = await run(fixture, 'return 1');

    expect(late).toMatchObject({
      ok: false,
      error: { errorMessage: 'Invoking task timed out after 1 seconds', statusCode: 433 },
    });
    expect(late.ms).toBeGreaterThanOrEqual(1000);
    expect(requestOf(fixture, 'in')).toBe(late.requestId);
    expect(next).toMatchObject({ ok: true, cold: true, instance: 'fn-2' });
  });

  test.each([
    ['buffers', 'globalThis.kept = Buffer.alloc(200 << 20, 1); await later(9000)'],
    ['the heap', 'const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length))'],
  ])('memory: %s', async (_, code) => {
    const fixture = await start({ fn: { code: RUN, memoryMb: 128 } });

    expect(await run(fixture, code)).toMatchObject({ ok: false, error: { statusCode: 434 } });
    expect(fixture.scf.instances()).toEqual([]);
  });

  test('of the result and of the event', async () => {
    const fixture = await start({ fn: RUN });
    const MB = 1024 * 1024;
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;

    const statusOf = async (name: string, event: unknown, type?: 'async') => {
      const outcome = await fixture.scf.invoke(name, event, type ? { type } : {});
      return outcome.ok ? 200 : outcome.error.statusCode;
    };

    expect(await statusOf('fn', { run: `return "好".repeat(${2 * MB})` })).toBe(407);
    expect(await statusOf('fn', { run: `return "x".repeat(${6 * MB - 2})` })).toBe(200);
    expect(await statusOf('fn', { run: '', pad: '好'.repeat(2 * MB) })).toBe(406);
    expect(await statusOf('fn', { run: '', pad: 'x'.repeat(6 * MB - 30) })).toBe(200);
    expect(await statusOf('fn', { run: '', pad: 'x'.repeat(128 * 1024) }, 'async')).toBe(406);
    expect(await statusOf('fn', cyclic)).toBe(400);
    expect(await statusOf('none', {})).toBe(435);
  });
});

describe('an instance that cannot go on', () => {
  test.each([
    ['throws while loading', 'throw new Error("no config")', 430, 'no config'],
    ['has no such export', 'exports.handler = () => {}', 437, undefined],
    ['exits while loading', 'process.exit(4)', 439, undefined],
    ['loads for too long', 'for (;;);', 450, undefined],
  ])('%s', async (_, code, statusCode, stackTrace) => {
    const { scf } = await start({
      fn: { code, initTimeoutSeconds: statusCode === 450 ? 0.3 : 20 },
    });

    const outcome = await scf.invoke('fn', {});

    expect(outcome).toMatchObject({ ok: false, cold: true, error: { statusCode } });
    expect(outcome.ok ? null : outcome.error.stackTrace).toBe(stackTrace);
    expect(scf.instances()).toEqual([]);
  });

  test('cannot be started at all', async () => {
    const { scf } = await start({ fn: { code: RUN, bundle: '/nowhere/fn/index.js' } });

    expect(await scf.invoke('fn', {})).toMatchObject({ ok: false, error: { statusCode: 439 } });
    expect(scf.instances()).toEqual([]);
  });

  test('exits in an event; what it had written is in the log', async () => {
    const fixture = await start({ fn: RUN });

    const outcome = await run(fixture, 'console.log("last words"); process.exit(3)');

    expect(outcome).toMatchObject({
      ok: false,
      error: { statusCode: 439, errorMessage: 'User process exit when running (exit code 3)' },
    });
    expect(requestOf(fixture, 'last words')).toBe(outcome.requestId);
    expect(fixture.scf.instances()).toEqual([]);
  });
});

test('the log holds every line in its place, and what the platform adds', async () => {
  const fixture = await start({ fn: RUN });

  const { requestId } = await run(
    fixture,
    `console.log('one\\ntwo'); console.error('three'); process.stdout.write('no line break');
     process.getBuiltinModule('node:fs').writeSync(1, 'past the runtime\\n'); return { a: 1 };`,
  );
  await until(() => fixture.lines().includes('past the runtime'));

  expect(fixture.log.every((line) => line.requestId === requestId)).toBe(true);
  expect(
    fixture.log
      .filter(({ line }) => line !== 'past the runtime')
      .map(({ stream, line }) => `${stream} ${line.replace(requestId, 'ID')}`),
  ).toEqual([
    'platform START RequestId:ID',
    'stdout one',
    'stdout two',
    'stderr three',
    'stdout no line break',
    'platform Response RequestId:ID RetMsg:{"a":1}',
    'platform END RequestId:ID',
    expect.stringMatching(
      /^platform Report RequestId:ID Duration:\d+ms Memory:256MB MemUsage:\d+\.\d+MB Coldstart:\d+ms$/,
    ),
  ]);
});
