import { expect, test } from '@jest/globals';
import { endpoints } from '../../shared/wechat/catalogue/endpoints.ts';
import { openProxyFixture } from '../testing/proxy/proxy-fixture.ts';
import { createTally } from './tally.ts';

const tally = createTally('paths of the proxy');
/** The one that the client may call. */
const ALLOWED = 'network.listCallbackIps';
const DOOR = '/v1/cgi-bin/getcallbackip';

/** What stands before a path that the client may not call. */
const before = [
  ...['/v1', '/V1', '/v2', '/v01', '/v1/', '//v1', '/v1/.', '/v1/..', '/v1/x/..', '/v1/%2e%2e'],
  ...['/v1;a', '/v1\\', '/v1@api.weixin.qq.com', '/v1/https://api.weixin.qq.com', ''],
  ...[`${DOOR}/..`, `${DOOR}/../..`, `${DOOR}/%2e%2e/..`, `${DOOR}%2f..`, `${DOOR}\\..`],
  ...[`${DOOR}#`, `${DOOR};`, `${DOOR}%3f`, `${DOOR}%00`, DOOR],
];
/** What stands behind it. */
const after = [
  ...['/', '//', '/.', '/..', '.', '.json', ';a', '%00', '%20', ' ', '%', '%2f', '\\', '#', '~'],
  ...['*', ':443', '@x', "'", '<', '\u0000', '\n', '\t', '\u4e2d', '/%2e', '\u2025', '\uff0f'],
];
/** How else it may be written. */
const otherwise: readonly ((path: string) => string)[] = [
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('/', '/./'),
  (path) => path.replaceAll('/', '\\'),
  (path) => path.replaceAll('/', '%2f'),
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z]/, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (path) => `${path}${path}`,
];

/** Every endpoint but the allowed one, in every writing, by both methods. */
const attacks = endpoints
  .filter(({ name }) => name !== ALLOWED)
  .flatMap(({ endpoint: { path } }) => [
    ...before.map((start) => start + path),
    ...after.map((end) => `/v1${path}${end}`),
    ...otherwise.map((write) => `/v1${write(path)}`),
  ])
  .flatMap((path) => ['GET', 'POST'].map((method) => ({ method, path })));

test('a client that may call one endpoint reaches no other, however its path is written', async () => {
  const proxy = openProxyFixture();
  await proxy.add('crm', { allow: [ALLOWED], perSecond: 1e4, burst: 1e4 });
  expect((await proxy.asClient('crm', { path: DOOR })).status).toBe(200);
  proxy.seen.length = 0;
  const breaches: string[] = [];
  for (const attack of attacks) {
    const { status } = await proxy.asClient('crm', attack);
    if (status < 400 || status >= 500) breaches.push(`${status} ${JSON.stringify(attack)}`);
  }

  expect(attacks.length).toBeGreaterThan(19_230);
  expect(proxy.seen).toEqual([]);
  tally.refused(attacks.length, breaches);
});
