import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { metricTable } from '../../shared/monitoring/metric-table.ts';
import type { LogLine } from '../emulator/scf/invocation.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import {
  hasPrometheus,
  type Prometheus,
  promtool,
  startPrometheus,
  until,
} from '../testing/tools/prometheus.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = path.join(root, 'examples/monitoring');
const folder = mkdtempSync(path.join(tmpdir(), 'metrics-'));
const lines: LogLine[] = [];
let emulation: Emulation;

beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    settings: { METRICS_FLUSH_SECONDS: '1' },
    onLog: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await emulation.close();
  rmSync(folder, { recursive: true });
});

/** What need not have happened here: these begin to exist when they happen. */
const RARE = [
  'fuwuhao_callbacks_of_day',
  'fuwuhao_inbox_unavailable_total',
  'fuwuhao_jobs_late_total',
  'fuwuhao_documents_refused_total',
  'fuwuhao_mass_sends_failed_total',
  'fuwuhao_messages_unhandled_total',
  'fuwuhao_token_waits_total',
];

/** What must be in no log line and in no metric. */
function secretsOf({ account, environment }: Emulation): readonly string[] {
  return [
    account.secret,
    account.token,
    account.encodingAesKey,
    environment.secretKey,
    emulation.keys.metricsKey,
    'oAlice',
  ];
}

const scrape = async (key = emulation.keys.metricsKey) =>
  fetch(emulation.urls.metrics, { headers: { authorization: `Bearer ${key}` } });

/** Faults and figures of the emulated WeChat. */
async function control(order: string, body: object): Promise<void> {
  const response = await fetch(`${emulation.urls.simulator}emulator/wechat/${order}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${order}: ${await response.text()}`);
}

/** One of everything that the dashboard shows, as far as it can be made to happen. */
async function live(): Promise<void> {
  const { push, scf, urls } = emulation;
  const say = (Content: string) => push.send({ openid: 'oAlice', type: 'text', Content });
  const refresh = () => scf.fireTimer('every-five-minutes');
  // One of them waits for the other.
  await Promise.all([refresh(), refresh()]);
  await say('more');
  await flushDue();
  await say('你好');
  // It fails a handler, and then a job.
  await control('faults', { path: '/cgi-bin/message/custom/send', errcode: 48001, times: 2 });
  await say('more');
  await say('report');
  await until(
    async () => lines.some(({ line }) => line.includes('"event":"shift over"')),
    'the worker has done what it was woken for',
  );
  const query = new URLSearchParams({ signature: '0', timestamp: '0', nonce: '0' });
  await fetch(`${urls.callback}?${query}`, { method: 'POST', body: '<xml/>' });
  // An instance that has no other use for the store writes when it is due.
  const callProxy = () => fetch(`${scf.url}/api-proxy/v1/cgi-bin/menu/get`);
  await callProxy();
  await flushDue();
  await say('你好');
  await callProxy();
  await Promise.all([refresh(), refresh(), scf.fireTimer('every-minute')]);
}

/** Time for what was counted to be due. */
function flushDue(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_050));
}

describe('metrics of a running backend', () => {
  beforeAll(async () => {
    expect(await (await fetch(`${emulation.urls.metrics}/health`)).text()).toBe('token\n');
    await live();
  });

  test('are there for who has the key, and nobody else', async () => {
    expect((await scrape('local-metrics-kez')).status).toBe(401);
    expect((await fetch(emulation.urls.metrics)).status).toBe(401);

    const response = await scrape();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  test('health is for everybody', async () => {
    const health = async () => (await fetch(`${emulation.urls.metrics}/health`)).text();

    // It is asked for every 5 s at most, and was bad before.
    await until(async () => (await health()) === 'ok\n', 'health is good');
  });

  test('hold nothing secret, and no follower', async () => {
    const text = await (await scrape()).text();

    for (const secret of secretsOf(emulation)) expect(text).not.toContain(secret);
    for (const secret of secretsOf(emulation)) {
      expect(lines.filter(({ line }) => line.includes(secret))).toEqual([]);
    }
  });
});

(hasPrometheus ? describe : describe.skip)('with a real Prometheus', () => {
  let prometheus: Prometheus;
  let text: string;

  beforeAll(async () => {
    // Two scrapes apart, so that a rate can be told.
    const config = readFileSync(path.join(examples, 'prometheus.yml'), 'utf8')
      .replace('scheme: https', 'scheme: http')
      .replace(/_interval: 30s/g, '_interval: 1s')
      .replace('scrape_timeout: 10s', 'scrape_timeout: 1s')
      .replace(/targets: .*/, `targets: ['${new URL(emulation.urls.metrics).host}']`);
    writeFileSync(path.join(folder, 'prometheus.yml'), config);
    writeFileSync(path.join(folder, 'metrics-key'), emulation.keys.metricsKey);
    const rules = readFileSync(path.join(examples, 'fuwuhao.rules.yml'));
    writeFileSync(path.join(folder, 'fuwuhao.rules.yml'), rules);
    prometheus = await startPrometheus(
      path.join(folder, 'prometheus.yml'),
      path.join(folder, 'data'),
    );
    text = await (await scrape()).text();
    const scrapes = async () =>
      (await prometheus.query('count_over_time(fuwuhao_jobs{state="dead"}[1m])'))[0]?.value ?? 0;
    await until(async () => (await scrapes()) >= 3, 'Prometheus has scraped three times');
  });
  afterAll(() => prometheus.close());

  test('promtool accepts what the function gives, the configuration and the rules', () => {
    expect(promtool(['check', 'metrics'], text)).toEqual({ isAccepted: true, says: '' });
    expect(promtool(['check', 'config', path.join(folder, 'prometheus.yml')]).says).toContain(
      'is valid prometheus config file syntax',
    );
    const rules = path.join(examples, 'fuwuhao.rules.yml');
    expect(promtool(['check', 'rules', rules]).says).toMatch(/SUCCESS: \d+ rules found/);
  });

  test('it scrapes every metric of the table, as what it is', async () => {
    const metadata = await prometheus.metadata();

    for (const [name, { kind }] of Object.entries(metricTable)) {
      expect([name, metadata[`fuwuhao_${name}`]?.[0]?.type]).toEqual([name, kind]);
    }
  });

  test('every series of the dashboard and of the rules exists', async () => {
    const files = ['grafana-dashboard.json', 'fuwuhao.rules.yml'];
    const used = files.flatMap((file) => [
      ...readFileSync(path.join(examples, file), 'utf8').matchAll(/fuwuhao_\w+/g),
    ]);
    const names = [...new Set(used.map(([name]) => name))].sort();
    const missing: string[] = [];
    for (const name of names) {
      if ((await prometheus.query(`count({__name__="${name}"})`)).length === 0) missing.push(name);
    }

    expect(names.length).toBeGreaterThan(25);
    expect(RARE).toEqual(expect.arrayContaining(missing));
  });

  test('every expression of the dashboard is one', async () => {
    const { panels } = JSON.parse(
      readFileSync(path.join(examples, 'grafana-dashboard.json'), 'utf8'),
    ) as { panels: { targets?: { expr: string }[] }[] };
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

    expect(expressions.length).toBeGreaterThan(30);
    for (const expr of expressions) await prometheus.query(expr);
  });

  test('its sums are what happened', async () => {
    const value = async (expr: string) => (await prometheus.query(expr))[0]?.value;

    expect(await value('sum(fuwuhao_messages_total{message="text"})')).toBe(5);
    expect(await value('sum(fuwuhao_callback_seconds_count)')).toBe(5);
    expect(await value('sum(fuwuhao_refusals_total)')).toBe(1);
    expect(await value('sum(fuwuhao_wechat_errcodes_total{errcode="48001"})')).toBe(2);
    expect(await value('sum(fuwuhao_jobs_dead_total{kind="message"})')).toBe(1);
    expect(await value('fuwuhao_alerts_firing{rule="apiUnauthorized"}')).toBe(0);
    expect(await value('sum(fuwuhao_handler_errors_total{reason="threw"})')).toBe(1);
    expect(await value('sum(fuwuhao_token_refreshes_total{outcome="renewed"})')).toBe(2);
    expect(await value('sum(fuwuhao_cold_starts_total{function="callback"})')).toBe(1);
  });
});
