import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildFunctions } from '../../scripts/build/build.ts';
import { type CloudbaseEmulator, startCloudbase } from '../../scripts/emulator/cloudbase/index.ts';
import { createScf, type ScfEmulator } from '../../scripts/emulator/scf/scf.ts';
import { createWechatApi, type ListeningApi } from '../../scripts/emulator/wechat/api.ts';
import { localAccount, localEnvironment } from '../../scripts/testing/local-environment.ts';
import { tokenCollection } from './index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const timer = { Type: 'Timer', TriggerName: 't', Time: '2026-01-01T00:00:00Z', Message: '' };
const byTimer = { environ: { TRIGGER_SRC: 'timer' } };
const { appid, secret } = localAccount;
const wechat = createWechatApi({ account: { appid, secret }, now: Date.now });
const lines: string[] = [];
let folder: string;
let api: ListeningApi;
let relay: ListeningApi;
let cloudbase: CloudbaseEmulator;
let scf: ScfEmulator;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'token-refresh-'));
  const only = ['token-refresh'];
  const [built] = await buildFunctions({ root, outDir: folder, only, mayReuse: true });
  api = await wechat.listen(0);
  cloudbase = await startCloudbase({ environments: [localEnvironment] });
  cloudbase.control.createCollection(localEnvironment.envId, { name: tokenCollection.name });
  relay = await wechat.listenAsRelay(0);
  const common = {
    bundle: built?.file ?? '',
    handler: 'index.main',
    memoryMb: 256,
    timeoutSeconds: 60,
  };
  const environment = { WECHAT_APPID: appid, CLOUDBASE_ENV_ID: localEnvironment.envId };
  const inCloud = {
    ...environment,
    DOCUMENT_KEY: 'k'.repeat(32),
    WECHAT_API_BASE_URL: relay.url,
  };
  scf = await createScf({
    functions: [
      {
        ...common,
        name: 'token-refresh',
        environment: { ...environment, WECHAT_APPSECRET: secret, WECHAT_API_BASE_URL: api.url },
      },
      ...['none', 'header'].map((TOKEN_SOURCE) => ({
        ...common,
        name: `from-${TOKEN_SOURCE}`,
        environment: { ...inCloud, TOKEN_SOURCE },
      })),
    ],
    namespace: localEnvironment.envId,
    platformEnv: {
      TENCENTCLOUD_SECRETID: localEnvironment.secretId,
      TENCENTCLOUD_SECRETKEY: localEnvironment.secretKey,
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
    },
    onLog: ({ line }) => lines.push(line),
  });
});

afterAll(async () => {
  await scf.close();
  await cloudbase.close();
  await api.close();
  await relay.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  cloudbase.control.clearCollection(localEnvironment.envId, tokenCollection.name);
  await control('reset', 'POST', {});
  await control('whitelist', 'PUT', { ips: null });
});

/** The control endpoint of the WeChat emulator. */
async function control(what: string, method: 'POST' | 'PUT', body: object): Promise<void> {
  const init = { method, body: JSON.stringify(body) };
  const response = await wechat.fetch(`http://localhost/emulator/${what}`, init);
  expect(response.status).toBe(200);
}

describe('token-refresh, as it is shipped', () => {
  test('fetches both once, however many ticks overlap, and says so without a token', async () => {
    const ticks = [timer, timer, timer].map((event) => scf.invoke('token-refresh', event, byTimer));
    const outcomes = await Promise.all(ticks);
    const later = await scf.invoke('token-refresh', {});

    const report = { generation: 1, expiresInSeconds: expect.any(Number) };
    for (const outcome of [...outcomes, later]) {
      expect(outcome).toMatchObject({
        ok: true,
        result: { accessToken: report, jsapiTicket: report },
      });
    }
    const { tokenFetches, ticketFetches } = wechat.inspect().statistics;
    expect({ tokenFetches, ticketFetches }).toEqual({
      tokenFetches: { stable: 1, classic: 0 },
      ticketFetches: 1,
    });
    const tokens = wechat.inspect({ reveal: true }).tokens.list.map(({ token }) => token);
    const seen = JSON.stringify([
      outcomes,
      later,
      lines,
      cloudbase.control.export(localEnvironment.envId),
    ]);
    expect(tokens).toHaveLength(1);
    for (const hidden of [...tokens, secret]) expect(seen).not.toContain(hidden);
  });

  test('fails, for the platform to see, with the address that is not in the whitelist', async () => {
    await control('whitelist', 'PUT', { ips: ['10.0.0.1'] });

    const outcome = await scf.invoke('token-refresh', timer, byTimer);

    expect(outcome).toMatchObject({
      ok: false,
      error: { stackTrace: expect.stringMatching(/127\.0\.0\.1.*IP/s) },
    });
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  test('fetches no token where WeChat Cloud gives it, says so, and keeps the ticket all the same', async () => {
    await control('whitelist', 'PUT', { ips: ['10.0.0.1'] });

    expect(await scf.invoke('from-none', timer, byTimer)).toMatchObject({
      ok: true,
      result: { accessToken: { idle: 'none' }, jsapiTicket: { generation: 1 } },
    });
    const { statistics } = wechat.inspect();
    expect(statistics).toMatchObject({
      tokenFetches: { stable: 0, classic: 0 },
      ticketFetches: 1,
    });
    expect(lines.join('\n')).toContain('"event":"token not renewed here"');
  });

  test('has nothing to do where the token comes with pushes, of which a timer gets none', async () => {
    const outcome = await scf.invoke('from-header', timer, byTimer);

    expect(outcome).toMatchObject({ ok: true, result: { accessToken: { idle: 'header' } } });
    expect(wechat.inspect().statistics.ticketFetches).toBe(0);
  });

  test('refuses a mini-program that calls it', async () => {
    const outcome = await scf.invoke('token-refresh', timer, { environ: { WX_OPENID: 'o1' } });

    expect(outcome.ok).toBe(false);
    expect(wechat.inspect().statistics.tokenFetches.stable).toBe(0);
  });
});
