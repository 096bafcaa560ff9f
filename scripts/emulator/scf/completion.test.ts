import { afterEach, describe, expect, test } from '@jest/globals';
import { type ScfFixture, startScfFixture } from './fixture.ts';

let running: ScfFixture | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(...args: Parameters<typeof startScfFixture>): Promise<ScfFixture> {
  running = await startScfFixture(...args);
  return running;
}

const LATER = 'const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));';

describe('how an event ends', () => {
  test.each([
    ['a promise', 'async (event) => ({ got: event })', { got: { a: 1 } }],
    ['a promise of nothing', 'async () => {}', null],
    ['a promise of a function', 'async () => () => 1', null],
    ['a thenable', '() => ({ then: (resolve) => resolve(7) })', 7],
    ['a plain return', '() => "lost"', null],
    ['a promise that nobody settles', '() => new Promise(() => {})', null],
    ['callback', '(event, context, callback) => callback(null, event.a)', 1],
    ['callback twice', '(e, c, callback) => { callback(null, 1); callback(null, 2); }', 1],
    ['context.done', '(event, context) => context.done(null, 2)', 2],
    ['context.succeed', '(event, context) => context.succeed(3)', 3],
    ['a rejection without a reason', '() => Promise.reject()', null],
    [
      'an open server does not delay a promise',
      'async () => { require("node:net").createServer().listen(0); return 4; }',
      4,
    ],
  ])('%s', async (_, main, result) => {
    const { scf } = await start({ fn: `exports.main = ${main};` });

    expect(await scf.invoke('fn', { a: 1 })).toMatchObject({ ok: true, result });
  });

  test.each([
    ['throw', '() => { throw new Error("thrown"); }', /^Error: thrown\n {4}at /],
    ['reject', 'async () => { throw new Error("rejected"); }', /^rejected$/],
    ['reject with a string', '() => Promise.reject("text")', /^text\(callback err is not instance/],
    ['callback', '(e, c, callback) => callback(new Error("given"))', /^given$/],
    ['context.fail', '(event, context) => context.fail(new Error("failed"))', /^failed$/],
    ['no JSON', 'async () => 1n', /^stringify response to json failed: .*BigInt/],
    [
      'an unhandled rejection',
      'async () => { Promise.reject(new Error("lost")); await later(1e4); }',
      /^lost$/,
    ],
    [
      'an uncaught exception',
      'async () => { setTimeout(() => { throw new Error("deep"); }, 1); await later(1e4); }',
      /^deep$/,
    ],
  ])('user code exception: %s', async (_, main, stackTrace) => {
    const { scf } = await start({ fn: `${LATER} exports.main = ${main};` });

    const outcome = await scf.invoke('fn', {});

    expect(outcome).toMatchObject({
      ok: false,
      error: {
        errorCode: 1,
        errorMessage: 'user code exception caught',
        statusCode: 430,
        stackTrace: expect.stringMatching(stackTrace),
      },
    });
    expect(scf.instances()).toHaveLength(1);
  });
});
