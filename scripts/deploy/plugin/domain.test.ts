import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkedDomain } from '../../project/domain.ts';
import { testAccount } from '../../testing/tools/cloud-account.ts';
import { deploySmallFunction } from '../../testing/tools/small-function.ts';
import { openTestCloud, type TestCloud } from '../../testing/tools/test-cloud.ts';
import { bindDomain } from './domain.ts';

const NAME = 'bot.example.com';
const TARGET = '1251234567.ap-shanghai.tencentscf.com';
const routes = { '/*': 'callback', '/v1/*': 'api-proxy' };

let opened: TestCloud;
beforeAll(async () => {
  opened = await openTestCloud({ activationMs: 0 });
  for (const name of ['prod-callback', 'prod-api-proxy', 'next-callback', 'next-api-proxy']) {
    const code = `exports.main = async ({ path }) => ({ statusCode: 200, headers: {}, body: '${name} ' + path });`;
    await deploySmallFunction(opened.tencent, testAccount, { name, code });
    await opened.cloud.scf('CreateTrigger', {
      FunctionName: name,
      Namespace: 'default',
      TriggerName: 'url',
      Type: 'http',
      TriggerDesc: JSON.stringify({
        AuthType: 'NONE',
        NetConfig: { EnableIntranet: false, EnableExtranet: true },
      }),
    });
  }
});
afterAll(() => opened.close());

interface Bind {
  readonly stage?: string;
  readonly name?: string;
  readonly certificateId?: string;
  readonly dns?: () => Promise<readonly string[]>;
  readonly checkCname?: boolean;
}

function bind({
  stage = 'prod',
  name = NAME,
  certificateId = 'cert1',
  dns,
  checkCname,
}: Bind = {}) {
  return bindDomain({
    cloud: opened.cloud,
    domain: { name, certificateId, routes, ...(checkCname === undefined ? {} : { checkCname }) },
    deployedName: (fn) => `${stage}-${fn}`,
    resolveCname: dns ?? (async () => [TARGET]),
  });
}

const dnsError = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const visit = async (path: string) => (await opened.tencent.fetch(`https://${NAME}${path}`)).text();

describe('a domain of the account’s own', () => {
  test.each<[string, Bind, RegExp]>([
    ['no CNAME record', { dns: dnsError('ENODATA') }, /has no CNAME record: make .* leads to 125/],
    ['one that leads elsewhere', { dns: async () => ['a.cdn.net'] }, /leads to a\.cdn\.net: make/],
    ['a DNS that cannot be asked', { dns: dnsError('ETIMEOUT') }, /ETIMEOUT.*checkCname: false/],
    ['no certificate', { certificateId: '' }, /CUSTOM_DOMAIN_CERTIFICATE must be the id/],
  ])('is not bound with %s, and the error says what to do', async (_, options, words) => {
    await expect(bind(options)).rejects.toThrow(words);
  });

  test('is not bound without an ICP filing', async () => {
    opened.tencent.domains.unfiled.add('unfiled.example.com');

    await expect(bind({ name: 'unfiled.example.com' })).rejects.toThrow(
      /could not be bound.*has no ICP filing.*docs\/domains\.md/,
    );
  });

  test('leads to the functions by their paths, once and for all', async () => {
    const first = await bind();
    const again = await bind({ dns: dnsError('ENODATA') });

    expect(first).toEqual([
      'https://bot.example.com/* is prod-callback',
      'https://bot.example.com/v1/* is prod-api-proxy',
    ]);
    expect(again).toEqual([]);
    expect(await visit('/MP_verify_AAAAbbbb00001111.txt')).toBe(
      'prod-callback /MP_verify_AAAAbbbb00001111.txt',
    );
    expect(await visit('/v1/menu/get')).toBe('prod-api-proxy /v1/menu/get');
  });

  test('moves to another stage, and keeps the paths that are not ours', async () => {
    const { EndpointsConfig = [] } = await opened.cloud.scf('GetCustomDomain', { Domain: NAME });
    const shop = {
      Namespace: 'default',
      FunctionName: 'prod-callback',
      Qualifier: '$LATEST',
      PathMatch: '/shop',
    };
    await opened.cloud.scf('UpdateCustomDomain', {
      Domain: NAME,
      EndpointsConfig: [...EndpointsConfig, shop],
    });

    const lines = await bind({ stage: 'next', certificateId: 'cert2' });

    expect(lines[0]).toBe('https://bot.example.com/* is next-callback, which was prod-callback');
    expect(await visit('/')).toBe('next-callback /');
    const after = await opened.cloud.scf('GetCustomDomain', { Domain: NAME });
    expect(after.EndpointsConfig).toContainEqual(shop);
    expect(after.CertConfig).toEqual({ CertificateId: 'cert2' });
    expect(await bind({ stage: 'next' })).toEqual([
      'https://bot.example.com has its certificate changed',
    ]);
  });

  test('behind a CDN its DNS is not looked at', async () => {
    const lines = await bind({ name: 'cdn.example.com', checkCname: false, dns: dnsError('X') });

    expect(lines).toHaveLength(2);
  });
});

test.each<[string, string, string, RegExp]>([
  ['a URL', 'https://bot.example.com', 'cert1', /no https:\/\//],
  ['a pattern', '*.example.com', 'cert1', /no \*/],
  ['a name without certificate', 'bot.example.com', '', /console\.cloud\.tencent\.com\/ssl/],
])('%s is refused before anything is sent', (_, name, certificateId, words) => {
  expect(() => checkedDomain({ name, certificateId, routes })).toThrow(words);
});

test('without a name there is no domain', () => {
  expect(checkedDomain({ name: '', certificateId: '', routes })).toBeUndefined();
});
