import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPush } from '../emulator/wechat/push/push.ts';
import { type Emulation, startEmulation } from '../start/emulation.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { openByteTunnel } from './byte-tunnel.ts';
import { rawRequest } from './raw-request.ts';
import { createTally } from './tally.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tally = createTally('the ports of npm start');

/** What everybody knew before each state folder had keys of its own. */
const OLD = {
  secret: '00000000000000000000000000000001',
  token: 'localtoken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

/** What a page of another site, a made-up name and a proxy look like. */
const strangers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['a page of another site', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
  ['a page without an origin', { origin: 'null' }],
  ['a page of another port', { origin: 'http://127.0.0.1:1' }],
  ['a link on another site', { 'sec-fetch-site': 'cross-site' }],
  ['a name that leads here', { host: 'evil.example:8800' }],
  ['a name that begins like ours', { host: '127.0.0.1.evil.example' }],
  ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
];

const controls = [
  ['GET', '/emulator/snapshot'],
  ['GET', '/emulator/state?reveal=1'],
  ['GET', '/emulator/export?env=fuwuhao-local'],
  ['GET', '/emulator/wechat/state?reveal=1'],
  ['GET', '/emulator/cloudbase/export?env=fuwuhao-local'],
  ['POST', '/emulator/invoke'],
  ['POST', '/emulator/reset'],
  ['POST', '/emulator/faults'],
  ['GET', '/'],
  ['GET', '/main.js'],
] as const;

const modes = [
  ['plain', undefined],
  ['safe', undefined],
  ['plain', { WECHAT_APPID: 'wx00000000000000aa', WECHAT_APPSECRET: '9'.repeat(32) }],
] as const;

describe.each(modes)('npm start in %s mode, with the account %j', (mode, real) => {
  let emulation: Emulation;
  let ports: Readonly<Record<'functions' | 'wechat' | 'cloudbase' | 'page', string>>;

  beforeAll(async () => {
    const env = real && {
      ...real,
      WECHAT_TOKEN: 'tokenOfTheRealAccount',
      // Nothing is called in this test; should it be, it reaches nobody.
      WECHAT_API_BASE_URL: 'http://127.0.0.1:9',
    };
    emulation = await startEmulation({
      root,
      account: fixtureAccount,
      port: 0,
      mode,
      timers: 'hand',
      ...(env ? { env } : {}),
    });
    const { callback, wechatApi, cloudbase, simulator } = emulation.urls;
    ports = {
      functions: new URL(callback).origin,
      wechat: wechatApi,
      cloudbase: new URL(cloudbase).origin,
      page: new URL(simulator).origin,
    };
  });
  afterAll(() => emulation.close());

  test('no port answers a stranger, even one that knows the keys', async () => {
    const breaches: string[] = [];
    let attacks = 0;
    const { pageKey } = emulation.keys;
    const targets = [
      ...controls.map(([method, where]) => [method, `${ports.page}/${pageKey}${where}`] as const),
      ...controls.map(([method, where]) => [method, `${ports.wechat}${where}`] as const),
      ...controls.map(([method, where]) => [method, `${ports.cloudbase}${where}`] as const),
      ['POST', `${ports.cloudbase}/admin`] as const,
      ['GET', `${ports.wechat}/cgi-bin/token?grant_type=client_credential`] as const,
    ];
    for (const [who, headers] of strangers) {
      for (const [method, url] of targets) {
        attacks += 1;
        const { status } = await rawRequest(url, {
          method,
          headers: { ...headers, 'x-emulator-key': pageKey },
          ...(method === 'POST' ? { body: '{"function":"menu","event":{"action":"delete"}}' } : {}),
        });
        if (status !== 403) breaches.push(`${who}: ${method} ${new URL(url).pathname}: ${status}`);
      }
    }
    tally.refused(attacks, breaches);
  });

  test('without the key no port shows or takes anything of the control API', async () => {
    const breaches: string[] = [];
    let attacks = 0;
    for (const [name, origin] of Object.entries(ports)) {
      for (const prefix of ['', '/wrong-key', '/%00', `/${emulation.keys.pageKey.slice(0, -1)}`]) {
        for (const [method, where] of controls) {
          attacks += 1;
          const { status, body } = await rawRequest(`${origin}${prefix}${where}`, { method });
          const isClosed =
            [403, 404].includes(status) || /^\{"(?:errcode|code|error)"|^<html>/.test(body);
          if (!isClosed || body.includes(emulation.keys.pageKey)) {
            breaches.push(`${name}: ${method} ${prefix}${where}: ${status} ${body.slice(0, 60)}`);
          }
        }
      }
    }
    tally.refused(attacks, breaches);
  });

  test('through a tunnel of bytes only the functions answer, whatever host is named', async () => {
    const tunnel = await openByteTunnel(Number(new URL(ports.functions).port));
    const astray = await openByteTunnel(Number(new URL(ports.page).port));
    const breaches: string[] = [];
    let attacks = 0;
    try {
      const hosts = ['127.0.0.1:8800', 'localhost', new URL(ports.page).host];
      for (const host of real ? [...hosts, 'my.tunnel.example'] : hosts) {
        const { status } = await rawRequest(`${tunnel.url}/callback`, { headers: { host } });
        expect([host, status]).toEqual([host, 403]);
        for (const { url } of [tunnel, astray]) {
          for (const [method, where] of controls) {
            attacks += 1;
            const answer = await rawRequest(`${url}${where}`, { method, headers: { host } });
            if (![403, 404].includes(answer.status)) {
              breaches.push(`${host}: ${method} ${where}: ${answer.status}`);
            }
          }
        }
      }
    } finally {
      await Promise.all([tunnel.close(), astray.close()]);
    }
    tally.refused(attacks, breaches);
  });

  test('the keys that everybody knew open nothing', async () => {
    const { appid } = emulation.account;
    const push = createPush({
      account: { ...emulation.account, ...OLD },
      callbackUrl: emulation.urls.callback,
      now: Date.now,
    });
    const { deliveries } = await push.send({ openid: 'oEve', type: 'text', Content: 'hi' });
    const token = await rawRequest(
      `${ports.wechat}/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${OLD.secret}`,
    );
    const metrics = await rawRequest(emulation.urls.metrics, {
      headers: { authorization: 'Bearer local-metrics-key' },
    });

    const statuses = deliveries.map(({ status }) => status);
    tally.refused(
      statuses.length + 2,
      [
        ...statuses.filter((status) => status !== 403).map((status) => `push: ${status}`),
        token.body.includes('access_token') ? 'token' : '',
        metrics.status === 401 ? '' : `metrics: ${metrics.status}`,
      ].filter(Boolean),
    );
  });
});
