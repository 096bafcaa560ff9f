import { afterEach, describe, expect, test } from '@jest/globals';
import { Router } from '../../../shared/account/router.ts';
import { callbackApp } from '../../../shared/app/callback.ts';
import { systemWorld } from '../../../shared/app/parts/world.ts';
import type { HttpRequest } from '../../../shared/kernel/http.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { callbackServer } from '../../../shared/scf/callback-door.ts';
import { withOperators } from '../../../shared/scf/operators-door.ts';
import { HttpServer } from '../../../shared/scf/server.ts';
import { testEnv } from '../../testing/test-account.ts';
import { deploymentOf, settingNamesFor } from '../deployment.ts';
import { homeChecks } from './home.ts';

const { WECHAT_TOKEN: _, WECHAT_ENCODING_AES_KEY: __, ...unsigned } = testEnv;
const container = { ...unsigned, PUSH_DOOR: 'container' };
const servers: HttpServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.end(1_000))));

/** A container behind a platform that hands on what callers write, unless it takes our header out. */
async function openContainer(pushPublicAccess: string, takesHeaderOut = false): Promise<string> {
  const app = callbackApp(new Router({}), {
    ...systemWorld,
    env: { ...container, PUSH_PUBLIC_ACCESS: pushPublicAccess },
    writeLine: () => {},
  });
  const { handle } = app;
  const behind = (request: HttpRequest) => {
    const { 'x-wx-source': _source, ...headers } = request.headers;
    return handle(takesHeaderOut ? { ...request, headers } : request);
  };
  const server = new HttpServer({
    app: callbackServer({ ...app, handle: behind }, {}),
    requestsAtOnce: 10,
  });
  servers.push(server);
  return `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
}

const examine = (name: string, env: Readonly<Record<string, string>>, url?: string) =>
  homeChecks
    .find((check) => check.name === name)
    ?.run(deploymentOf({ env, stage: 'dev', ...(url ? { url } : {}) }));

describe('the door of a container, tried from outside', () => {
  const knock = (env: object, url?: string) =>
    examine('callback: container door', { ...container, ...env }, url);

  test('where the platform takes the header out, nothing is open', async () => {
    expect(await knock({ PUSH_PUBLIC_ACCESS: 'on' }, await openContainer('on', true))).toEqual({
      state: 'ok',
      why: 'From outside nothing is taken: the question for the path: 403, a push without the header: 403, a push of a client: 403, a push with a forged header: 403.',
    });
  });

  test('a platform that hands a forged header on is a failure, which says what is open', async () => {
    expect(await knock({ PUSH_PUBLIC_ACCESS: 'on' }, await openContainer('on'))).toMatchObject({
      state: 'failure',
      why: expect.stringMatching(
        /Anybody can write .* a push of a client: 403, a push with a forged header: 200/,
      ),
      todo: expect.stringContaining('公网访问 off'),
    });
  });

  test('public access that is on though the settings deny it is a failure', async () => {
    expect(await knock({ PUSH_PUBLIC_ACCESS: 'off' }, await openContainer('off'))).toMatchObject({
      state: 'failure',
      why: expect.stringContaining('a push without the header: 200'),
    });
    expect(
      await knock({ PUSH_PUBLIC_ACCESS: 'off' }, await openContainer('on', true)),
    ).toMatchObject({ state: 'failure', why: expect.stringContaining('is reached from outside') });
  });

  test('nothing that answers is as it should be', async () => {
    expect(await knock({ PUSH_PUBLIC_ACCESS: 'off' }, 'http://127.0.0.1:9')).toMatchObject({
      state: 'ok',
      why: expect.stringContaining('a push with a forged header: no answer'),
    });
  });

  test.each([
    [{}, 'WXCLOUD_ENV_ID is not set'],
    [{ WXCLOUD_ENV_ID: 'prod-1', WXCLOUD_CLI: '/nowhere/wxcloud' }, 'npm install -g @wxcloud/cli'],
  ])('without an address it says that it did not try: %j', async (env, words) => {
    expect(await knock(env)).toMatchObject({
      state: 'warning',
      why: expect.stringContaining(words),
    });
  });
});

describe('the worker that runs in a container', () => {
  const invokeKey = 'k'.repeat(32);
  const answer = { ok: true, data: { deadJobs: { ok: true, value: 3 } }, requestId: 'r' } as const;

  /** What operators reach in a container, which the callback's own tests have. */
  async function openOperators(): Promise<string> {
    const { clock } = systemWorld;
    const log = createLog({ write: () => {}, now: clock.now });
    const handle = withOperators(() => ({ status: 404, headers: {}, body: '' }), {
      key: new Secret(invokeKey),
      open: async () => ({ worker: async () => answer }),
      log,
    });
    const server = new HttpServer({ app: { handle, clock, log }, requestsAtOnce: 10 });
    servers.push(server);
    return `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  }
  const ask = async (env: object, url?: string) =>
    deploymentOf({
      env: { ...container, ...env },
      stage: 'dev',
      ...(url === undefined ? {} : { url }),
    }).examine();

  test('is asked by HTTP, with the key of operators', async () => {
    expect(await ask({ INVOKE_KEY: invokeKey }, await openOperators())).toEqual(answer.data);
  });

  test('says what is missing, and never the key', async () => {
    const url = await openOperators();

    await expect(ask({}, url)).rejects.toThrow('INVOKE_KEY as the container has it');
    await expect(ask({ INVOKE_KEY: invokeKey })).rejects.toThrow('--url');
    await expect(ask({ INVOKE_KEY: 'x'.repeat(32) }, url)).rejects.toThrow(
      'The container answered 401 to an invocation of worker: INVOKE_KEY is another one there.',
    );
  });
});

describe('settings of a home', () => {
  const home = (env: object) => examine('home', { ...unsigned, ...env });

  test.each([
    [{ PUSH_DOOR: 'container' }, 'warning', 'x-wx-source is all that tells a push'],
    [{ PUSH_DOOR: 'container', PUSH_PUBLIC_ACCESS: 'off' }, 'ok', 'fit'],
    [{ PUSH_DOOR: 'container', CALLBACK_ALLOW_LIST: 'on' }, 'failure', 'no address of a caller'],
    [
      { PUSH_DOOR: 'container', CALLBACK_ALLOW_LIST: 'on', HTTP_ADDRESS_HEADER: 'x-real-ip' },
      'warning',
      'x-wx-source',
    ],
    [{ PUSH_DOOR: 'cloud-function' }, 'warning', 'refuses every push'],
    [{ PUSH_DOOR: 'cloud-function', PUSH_SOURCES: 'wx_unknown' }, 'ok', 'fit'],
    [
      { PUSH_DOOR: 'cloud-function', CALLBACK_ALLOW_LIST: 'on' },
      'failure',
      'called with no address',
    ],
    [{ PUSH_SOURCES: 'wx_unknown' }, 'warning', 'PUSH_DOOR is signed'],
    [{ PUSH_DOOR: 'container', CUSTOM_DOMAIN: 'bot.example.com' }, 'warning', 'no domain leads'],
    [{ TOKEN_SOURCE: 'none' }, 'failure', 'outside WeChat Cloud'],
    [{ PUSH_DOOR: 'cloud-function', TOKEN_SOURCE: 'file' }, 'failure', 'only a container has'],
    [
      { PUSH_DOOR: 'cloud-function', PUSH_SOURCES: 'wx_unknown', TOKEN_SOURCE: 'none' },
      'warning',
      'relayed',
    ],
    [{ PUSH_DOOR: 'container', PUSH_PUBLIC_ACCESS: 'off', TOKEN_SOURCE: 'file' }, 'ok', 'fit'],
    [{}, 'ok', 'fit'],
  ])('%j: %s', async (env, state, words) => {
    const finding = await home(env);

    expect(finding).toMatchObject({ state, why: expect.stringContaining(words) });
    if (state !== 'ok') expect(finding?.todo).toBeTruthy();
  });

  test('need no Token where nothing is signed', () => {
    expect(settingNamesFor({ env: container })).not.toContain('token');
    expect(settingNamesFor({ env: testEnv })).toContain('token');
  });
});
