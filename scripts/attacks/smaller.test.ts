import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isPublicAddress } from '../../shared/material/address.ts';
import { connect } from '../../shared/proxy-sdk/index.ts';
import { openProxyFixture, secretOf } from '../testing/proxy/proxy-fixture.ts';
import { createTally } from './tally.ts';

const tally = createTally('addresses, file names and the proxy');

test('no way of writing an inside address makes it public', () => {
  const inside = [
    ...[
      '0.0.0.0',
      '9.0.0.1',
      '10.0.0.1',
      '11.1.1.1',
      '30.255.0.1',
      '100.64.0.1',
      '100.100.100.200',
    ],
    ...['127.0.0.1', '169.254.0.23', '169.254.169.254', '172.16.0.1', '192.168.0.1', '198.18.0.1'],
  ];
  const forms = inside.flatMap((address) => {
    const bytes = address.split('.').map(Number);
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    const hex = (n: number) => n.toString(16).padStart(2, '0');
    const pair = [`${hex(a)}${hex(b)}`, `${hex(c)}${hex(d)}`];
    return [
      ...[address, `::ffff:${address}`, `::ffff:${pair.join(':')}`, `::${address}`],
      ...[
        `64:ff9b::${pair.join(':')}`,
        `2002:${pair.join(':')}::`,
        `[${address}]`,
        `${address}:80`,
      ],
      ...[String(((a * 256 + b) * 256 + c) * 256 + d), `0x${bytes.map(hex).join('')}`],
      ...[bytes.map((n) => `0${n.toString(8)}`).join('.'), `${a}.${(b * 256 + c) * 256 + d}`],
      ...[`${address}.`, ` ${address}`, `${address}\u0000`, address.replaceAll('.', '。')],
    ];
  });

  tally.refused(
    forms.length,
    forms.filter((form) => isPublicAddress(form)),
  );
});

describe('the name of a file that the proxy passes on', () => {
  const parts = [
    '..',
    '../',
    '..\\',
    '/',
    '\\',
    '/etc/',
    'C:\\',
    '~/',
    './',
    '\u0000',
    '\u202e',
    '\n',
  ];
  const ends = [
    'passwd',
    '.bashrc',
    'con',
    'NUL.txt',
    'a'.repeat(500),
    '...',
    ' ',
    'x:y',
    'a|b?*<>',
  ];
  const names = [
    ...parts.flatMap((first) => ends.map((end) => first + end)),
    ...parts.flatMap((first) => parts.flatMap((second) => ends.map((end) => first + second + end))),
  ].filter((name) => /^[\x20-\x7e]*$/.test(name) && !name.includes(';'));

  test('is a name and nothing else, so that a caller may write under it', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { perSecond: 1e4, burst: 1e4 });
    const instance = proxy.fetchOver([proxy.instance()]);
    const api = connect({
      urls: ['http://p0'],
      client: 'crm',
      secret: secretOf('crm'),
      now: proxy.clock.now,
      fetch: instance,
    });
    const breaches: string[] = [];
    for (const name of names) {
      proxy.instead.push(
        async () =>
          new Response(new Uint8Array([1, 2]), {
            headers: {
              'content-type': 'image/png',
              'content-disposition': `attachment; filename="${name}"`,
            },
          }),
      );
      const file = (await api.call('media.get', { media_id: 'm' })) as { fileName?: string };
      const given = file.fileName ?? '';
      if (/[/\\<>:"|?*]|^\.|\p{Cc}|^(?:con|nul)(?:\.|$)/iu.test(given) || given.length > 255) {
        breaches.push(`${JSON.stringify(name)} became ${JSON.stringify(given)}`);
      }
    }
    tally.refused(names.length, breaches);
  });
});

describe('the proxy', () => {
  test('takes a token out of the headers of an answer, in whatever spelling', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm');
    await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });
    const [token = ''] = proxy.tokens();
    const spellings = [
      token,
      encodeURIComponent(token),
      `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
    ];
    const breaches: string[] = [];
    let attacks = 0;
    for (const spelling of spellings) {
      for (const header of ['content-type', 'content-disposition']) {
        attacks += 1;
        const headers = {
          'content-type': 'image/png',
          [header]:
            header === 'content-type' ? `image/${spelling}` : `attachment; filename="${spelling}"`,
        };
        proxy.instead.push(async () => new Response(new Uint8Array([1]), { headers }));
        const answer = await proxy.asClient('crm', {
          path: '/v1/cgi-bin/media/get',
          query: { media_id: 'm' },
        });
        if (JSON.stringify(answer.headers).includes(spelling))
          breaches.push(`${header}: ${spelling}`);
      }
    }
    tally.refused(attacks, breaches);
  });

  test('sends a static key to no endpoint that takes the token of a follower', async () => {
    const proxy = openProxyFixture();
    await proxy.add('old', { staticKey: true, allow: ['*'] });
    const key = staticKeyOf('old');
    const paths = ['/v1/sns/userinfo', '/v1/sns/auth', '/v1/sns/oauth2/access_token'];
    const breaches: string[] = [];
    for (const path of paths) {
      await proxy.ask({ path, query: { access_token: key, openid: 'o', code: 'c' } });
      if (proxy.seen.some(({ url }) => url.includes(key))) breaches.push(path);
    }
    tally.refused(paths.length, breaches);
    expect(proxy.seen).toEqual([]);
  });

  test('a replay takes no place of the rate and costs no write', async () => {
    let writes = 0;
    const proxy = openProxyFixture({
      store: (inner) => ({
        ...inner,
        create: (...args) => {
          writes += 1;
          return inner.create(...args);
        },
      }),
    });
    await proxy.add('crm', { perSecond: 1, burst: 2 });
    const sent = proxy.signed('crm', { path: '/v1/cgi-bin/getcallbackip' });
    await proxy.ask(sent);
    writes = 0;
    const replays = await Promise.all(Array.from({ length: 50 }, () => proxy.ask(sent)));
    const next = await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });

    tally.refused(
      replays.length,
      replays.filter(({ status }) => status !== 401).map(({ status }) => String(status)),
    );
    expect(next.status).toBe(200);
    expect(writes).toBe(1);
  });

  test('a flood of requests that nobody signed reads the clients a few times, not for each', async () => {
    let reads = 0;
    const proxy = openProxyFixture({
      store: (inner) => ({
        ...inner,
        query: (...args) => {
          reads += 1;
          return inner.query(...args);
        },
      }),
    });
    await proxy.add('crm');
    await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });
    reads = 0;
    const breaches: string[] = [];
    // An hour old: refused before anything is read.
    const old = proxy.clock.now() - 3_600_000;
    for (let n = 0; n < 100; n += 1) {
      const secret = secretOf(`guess ${n}`);
      const path = '/v1/cgi-bin/getcallbackip';
      const { status } = await proxy.ask({
        path,
        headers: proxy.signed('crm', { path }, { now: old, secret }).headers ?? {},
      });
      if (status !== 401) breaches.push(String(status));
    }
    expect(reads).toBe(0);
    for (let n = 0; n < 200; n += 1) {
      const { status } = await proxy.ask(
        proxy.signed(
          'crm',
          { path: '/v1/cgi-bin/getcallbackip' },
          { secret: secretOf(`guess ${n}`) },
        ),
      );
      if (status !== 401) breaches.push(String(status));
      await proxy.clock.advance(100);
    }
    tally.refused(300, breaches);
    // Twenty seconds of it: two looks for the ten seconds that clients are kept, and the others ever rarer.
    expect(reads).toBeLessThanOrEqual(12);
  });
});

function staticKeyOf(client: string): string {
  const proof = createHmac('sha256', secretOf(client))
    .update('fuwuhao v1 static key')
    .digest('hex');
  return `fwh.${client}.${proof}`;
}
