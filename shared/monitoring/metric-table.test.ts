import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CloudbaseEmulator, startCloudbase } from '../../scripts/emulator/cloudbase/index.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { testAccount } from '../../scripts/testing/test-account.ts';
import { collections } from '../app/collections.ts';
import { database } from '../app/database/cloudbase.ts';
import { metricsApp } from '../app/metrics.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Metric } from '../kernel/metrics.ts';
import { tokenCollection } from '../token/index.ts';
import { endpoints } from '../wechat/catalogue/endpoints.ts';
import { metricTable } from './metric-table.ts';

const keys = { envId: 'env-metrics', secretId: 'AKID1', secretKey: 'SK1' };
const metricsKey = 'a-key-of-20-letters!';
let emulator: CloudbaseEmulator;

beforeAll(async () => {
  emulator = await startCloudbase({ environments: [keys] });
  for (const { name, access, indexes } of collections) {
    emulator.control.createCollection(keys.envId, { name, indexes, rule: access });
  }
});
afterAll(() => emulator.close());

function setUp(env: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const world = {
    env: {
      WECHAT_APPID: testAccount.appid,
      CLOUDBASE_ENV_ID: keys.envId,
      TENCENTCLOUD_SECRETID: keys.secretId,
      TENCENTCLOUD_SECRETKEY: keys.secretKey,
      METRICS_KEY: metricsKey,
      ...env,
    },
    clock,
    random: () => 0,
    writeLine: (line: string) => lines.push(line),
  };
  process.env.TCB_CONTEXT_CNFG = JSON.stringify({ URL: emulator.url });
  process.env.TENCENTCLOUD = 'true';
  const app = metricsApp(world);
  const ask = (path: string, authorization?: string, method = 'GET') =>
    app.handle({ ...request, method, path, headers: { authorization } });
  return {
    app,
    ask,
    clock,
    lines,
    store: database.store(world, { cloudbaseEnvId: keys.envId }, app.log),
  };
}

const request: HttpRequest = {
  method: 'GET',
  path: '/',
  query: {},
  headers: {},
  body: new Uint8Array(),
  requestId: 'r1',
};

describe('the metrics function', () => {
  test.each([
    ['no key', undefined],
    ['another key', 'Bearer another-key-of-20-let'],
    ['the start of the key', `Bearer ${metricsKey.slice(0, -1)}`],
    ['the key by another scheme', `Basic ${metricsKey}`],
  ])('refuses %s, and says nothing of the key', async (_, authorization) => {
    const { ask, lines } = setUp();

    expect(await ask('/', authorization)).toMatchObject({ status: 401, body: '' });
    expect(lines.join()).not.toContain(metricsKey.slice(0, 8));
  });

  test('without a key in its configuration it gives no caller the metrics', async () => {
    const { ask } = setUp({ METRICS_KEY: '' });

    expect(await ask('/metrics', 'Bearer ')).toMatchObject({ status: 403 });
    expect(await ask('/metrics')).toMatchObject({ status: 403 });
    expect(await ask('/metrics', undefined, 'POST')).toMatchObject({ status: 405 });
  });

  test('gives what instances have written, and what the store says of token and jobs', async () => {
    const { app, ask, clock, store } = setUp();
    await store.create(tokenCollection, {
      _id: `stable_token.${testAccount.appid}`,
      kind: 'stable_token',
      generation: 3,
      issuedAt: clock.now() - 60_000,
      expiresAt: clock.now() + 60_000,
    });
    app.log.info('answered', { message: 'text', reply: 'text', ms: 30 });
    app.log.warn('push refused', { reason: 'ciphertext: padding' });
    await app.finish?.();

    const response = await ask('/x/metrics', `Bearer ${metricsKey}`);

    expect(response).toMatchObject({ status: 200 });
    expect(response.headers['content-type']).toContain('text/plain; version=0.0.4');
    const lines = String(response.body).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE fuwuhao_callback_seconds histogram',
        'fuwuhao_callback_seconds_bucket{function="metrics",le="0.025"} 0',
        'fuwuhao_callback_seconds_bucket{function="metrics",le="0.05"} 1',
        'fuwuhao_callback_seconds_bucket{function="metrics",le="+Inf"} 1',
        'fuwuhao_callback_seconds_sum{function="metrics"} 0.03',
        'fuwuhao_refusals_total{function="metrics",reason="ciphertext"} 1',
        'fuwuhao_cold_starts_total{function="metrics"} 1',
        'fuwuhao_token_age_seconds{kind="stable_token"} 60',
        'fuwuhao_jobs{state="dead"} 0',
        'fuwuhao_instances{function="metrics"} 1',
      ]),
    );
  });

  test('says nothing of a token that lies there from before WeChat Cloud gave it', async () => {
    const { ask } = setUp({ TOKEN_SOURCE: 'file' });

    const { body } = await ask('/metrics', `Bearer ${metricsKey}`);

    expect(String(body)).not.toContain('fuwuhao_token_age_seconds{');
    expect(String(body)).toContain('fuwuhao_jobs{state="dead"} 0');
  });

  test('health: a token that works and a store that answers, asked every 5 s at most', async () => {
    const { ask, clock, store } = setUp();

    expect(await ask('/metrics/health')).toMatchObject({ status: 200, body: 'ok\n' });
    await store.remove(tokenCollection, `stable_token.${testAccount.appid}`);
    await clock.advance(4_000);
    expect(await ask('/health')).toMatchObject({ status: 200 });
    await clock.advance(1_000);
    expect(await ask('/health')).toMatchObject({ status: 503, body: 'token\n' });
    const inCloud = setUp({ TOKEN_SOURCE: 'none' });
    expect(await inCloud.ask('/health')).toMatchObject({ status: 200, body: 'ok\n' });
    const stranger = setUp({ TENCENTCLOUD_SECRETKEY: 'wrong' });
    expect(await stranger.ask('/health')).toMatchObject({ status: 503, body: 'store\n' });
  });
});

describe('the table of metrics', () => {
  const rows: [string, Metric][] = Object.entries(metricTable);

  test.each(rows)('%s is named by its kind and explained in a sentence', (name, { kind, help }) => {
    expect(help).toMatch(/^[A-Z].*\.$/);
    expect(name.endsWith('_total')).toBe(kind === 'counter');
  });

  test('knows every endpoint of the catalogue by its name, and nothing that is a secret', () => {
    const endpoint = metricTable.wechat_calls_total.labels?.endpoint ?? /never/;

    expect(endpoints.filter(({ name }) => !endpoint.test(name))).toEqual([]);
    for (const text of ['oABC-def_123', 'wx1234567890abcdef', '/cgi-bin/menu/create', 'a.b?c=d']) {
      expect(endpoint.test(text)).toBe(false);
    }
  });
});
