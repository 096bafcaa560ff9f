import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signedPush, textMessage } from '../../scripts/testing/callback/signed-push.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { testEnv } from '../../scripts/testing/test-account.ts';
import { Router } from '../account/router.ts';
import { callbackApp } from '../app/callback.ts';
import { httpFunction } from '../scf/http.ts';

const NAME = 'MP_verify_4CqxYx8v7aqQqBqF.txt';
const START = Date.UTC(2026, 0, 1);
const account = new Router();

function open(files: string) {
  const lines: string[] = [];
  const app = callbackApp(account, {
    env: { ...testEnv, WECHAT_MODE: 'safe', WECHAT_DOMAIN_FILES: files },
    clock: createFakeClock(START),
    writeLine: (line) => lines.push(line),
    random: () => 0.5,
  });
  const main = httpFunction(app);
  return (httpMethod: string, path: string, more: object = {}) =>
    main({ httpMethod, path, headers: {}, ...more }, {});
}

describe("WeChat's files of a domain", () => {
  test('are served by their names, with the code that the name holds', async () => {
    const call = open(`${NAME}, MP_verify_AAAAbbbb00001111.txt`);

    const [first, second] = [
      await call('GET', `/${NAME}`),
      await call('GET', '/MP_verify_AAAAbbbb00001111.txt'),
    ];

    expect(first).toEqual({
      isBase64Encoded: false,
      statusCode: 200,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      },
      body: '4CqxYx8v7aqQqBqF',
    });
    expect(second.body).toBe('AAAAbbbb00001111');
  });

  test('are served below the path of the function too, as CloudBase and API Gateway mount it', async () => {
    const call = open(NAME);
    const mounted = { requestContext: { path: '/callback' } };

    expect(await call('GET', `/callback/${NAME}`, mounted)).toMatchObject({ statusCode: 200 });
  });

  test('exist only if they are named, by exactly that path and by GET', async () => {
    const call = open(NAME);

    for (const path of [
      '/MP_verify_another000000000.txt',
      `/${NAME.toLowerCase()}`,
      `/x/${NAME}`,
      `//${NAME}`,
      `/%4d${NAME.slice(1)}`,
      `/${NAME}/`,
      '/__proto__',
      '/constructor',
    ]) {
      expect(await call('GET', path)).toMatchObject({ statusCode: 403 });
    }
    expect(await call('POST', `/${NAME}`)).toMatchObject({ statusCode: 403 });
    expect(await open('')('GET', `/${NAME}`)).toMatchObject({ statusCode: 403 });
  });

  test('leave everything else to the receiver', async () => {
    const call = open(NAME);
    const { query } = signedPush(textMessage('hi', START), { mode: 'plain', now: START });

    const answer = await call('GET', '/', { queryString: { ...query, echostr: 'abc' } });

    expect(answer).toMatchObject({ statusCode: 200, body: 'abc' });
    await fc.assert(
      fc.asyncProperty(fc.webPath(), async (path) => {
        fc.pre(path !== `/${NAME}`);
        expect((await call('GET', path)).statusCode).toBe(403);
      }),
    );
  });

  test.each([
    'verify.txt',
    'MP_verify_.txt',
    '../MP_verify_AAAAbbbb00001111.txt',
    'MP_verify_a b.txt',
  ])('an instance does not start with %s', (name) => {
    expect(() => open(name)).toThrow('WECHAT_DOMAIN_FILES');
  });
});
