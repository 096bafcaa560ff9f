import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { isPublicAddress } from './address.ts';
import { createWebFetch, type HostAddress } from './web-file.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** For a test the loopback interface is the internet, where files.test lives. */
function setUp(hosts: Readonly<Record<string, readonly string[]>> = {}) {
  const asked: string[] = [];
  const clock = createFakeClock();
  const known: typeof hosts = { 'files.test': ['127.0.0.1'], ...hosts };
  const fetchWebFile = createWebFetch({
    resolve: async (host): Promise<HostAddress[]> => {
      asked.push(host);
      return (known[host] ?? []).map((address) => ({ address, family: 4 }));
    },
    isPublic: (address) => address === '127.0.0.1' || isPublicAddress(address),
    clock,
  });
  return { fetchWebFile, asked, clock };
}

describe('fetching a file from the web', () => {
  test('gives the bytes and the name', async () => {
    const seen: unknown[] = [];
    const port = await serve(({ headers, method, url }, response) => {
      seen.push([method, url, headers.host, headers['accept-encoding']]);
      response.end('content');
    });
    const { fetchWebFile, clock } = setUp();

    const file = await fetchWebFile(`http://files.test:${port}/a/%E5%9B%BE.png?q=1#x`, 100);

    expect(file.bytes?.toString()).toBe('content');
    expect(file.name).toBe('图.png');
    expect(seen).toEqual([['GET', '/a/%E5%9B%BE.png?q=1', `files.test:${port}`, 'identity']]);
    expect(clock.pending).toBe(0);
  });

  test('a host is resolved once, and the connection goes to the address that was checked', async () => {
    const port = await serve((_, response) => response.end('content'));
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const resolve = async (): Promise<HostAddress[]> =>
      (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
    const fetchWebFile = createWebFetch({
      resolve,
      isPublic: (address) => address === '127.0.0.1',
      clock: createFakeClock(),
    });

    const file = await fetchWebFile(`http://rebinding.test:${port}/`, 100);

    expect(file.bytes?.toString()).toBe('content');
    expect(answers).toHaveLength(1);
  });

  test.each([
    ['a private address', { 'inside.test': ['10.0.0.1'] }],
    ['one private address among public ones', { 'inside.test': ['127.0.0.1', '192.168.0.1'] }],
    ['no address', { 'inside.test': [] }],
  ])('a host with %s is not asked, nor named in the error', async (_, hosts) => {
    const requests: unknown[] = [];
    const port = await serve((request) => requests.push(request.url));
    const { fetchWebFile } = setUp(hosts);

    const fetched = fetchWebFile(`http://inside.test:${port}/secret`, 100);

    await expect(fetched).rejects.toMatchObject({
      code: 'invalid',
      message: expect.not.stringMatching(/inside|10\.0|192|secret/),
    });
    expect(requests).toEqual([]);
  });

  test('redirects are followed, each checked like the first address', async () => {
    const port = await serve((request, response) => {
      const target = { '/1': '/2', '/2': `http://files.test:${port}/3` }[request.url ?? ''];
      if (target) response.writeHead(302, { location: target }).end();
      else response.end(request.url);
    });
    const { fetchWebFile, asked } = setUp();

    const file = await fetchWebFile(`http://files.test:${port}/1`, 100);

    expect(file.bytes?.toString()).toBe('/3');
    expect(asked).toEqual(['files.test', 'files.test', 'files.test']);
  });

  test.each([
    ['inside', 'http://10.0.0.1/'],
    ['to a name inside', 'http://inside.test/'],
    ['to IPv6 inside', 'http://[fd00::1]/'],
    ['to a file', 'file:///etc/passwd'],
    ['to nowhere', 'http://'],
  ])('a redirect that leads %s is refused', async (_, location) => {
    const port = await serve((_request, response) => response.writeHead(302, { location }).end());
    const { fetchWebFile } = setUp({ 'inside.test': ['10.0.0.1'] });

    await expect(fetchWebFile(`http://files.test:${port}/`, 100)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('a circle of redirects ends', async () => {
    let requests = 0;
    const port = await serve((_, response) => {
      requests += 1;
      response.writeHead(301, { location: '/' }).end();
    });
    const { fetchWebFile } = setUp();

    await expect(fetchWebFile(`http://files.test:${port}/`, 100)).rejects.toMatchObject({
      code: 'upstream',
    });
    expect(requests).toBe(6);
  });

  test.each([
    ['says that it is larger', { 'content-length': '101' }],
    ['is larger and says nothing', {}],
  ])('a file that %s is let go', async (_, headers) => {
    const gone = signal();
    const port = await serve((_request, response) => {
      response.on('close', gone.resolve);
      response.writeHead(200, headers as Record<string, string>);
      response.write('x'.repeat(101));
    });
    const { fetchWebFile } = setUp();

    const file = await fetchWebFile(`http://files.test:${port}/`, 100);

    expect(file.bytes).toBeUndefined();
    await gone.promise;
  });

  test('exactly as many bytes as are allowed are read', async () => {
    const port = await serve((_, response) => response.end('x'.repeat(100)));
    const { fetchWebFile } = setUp();

    expect((await fetchWebFile(`http://files.test:${port}/`, 100)).bytes).toHaveLength(100);
  });

  test.each([
    ['404', (port: number) => `http://files.test:${port}/404`],
    ['packed', (port: number) => `http://files.test:${port}/packed`],
    ['broken off', (port: number) => `http://files.test:${port}/broken`],
    ['nobody there', () => 'http://files.test:1/'],
  ])('%s is a failure of the other side', async (_, urlOf) => {
    const port = await serve((request, response) => {
      if (request.url === '/404') response.writeHead(404).end();
      else if (request.url === '/packed') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      } else {
        response.writeHead(200, { 'content-length': '50' });
        response.write('half', () => response.destroy());
      }
    });
    const { fetchWebFile } = setUp();

    await expect(fetchWebFile(urlOf(port), 100)).rejects.toMatchObject({ code: 'upstream' });
  });

  test('a server that never ends is left after 20 s', async () => {
    const arrived = signal();
    const gone = signal();
    const port = await serve((_, response) => {
      response.on('close', gone.resolve);
      response.writeHead(200).write('x');
      arrived.resolve();
    });
    const { fetchWebFile, clock } = setUp();

    const fetched = fetchWebFile(`http://files.test:${port}/`, 100);
    const expectation = expect(fetched).rejects.toMatchObject({ code: 'timeout' });
    await arrived.promise;
    await clock.advance(20_000);

    await expectation;
    await gone.promise;
    expect(clock.pending).toBe(0);
  });

  test('a host that is never resolved is left too', async () => {
    const clock = createFakeClock();
    const resolve = () => new Promise<HostAddress[]>(() => {});
    const fetchWebFile = createWebFetch({ resolve, isPublic: () => true, clock });

    const fetched = fetchWebFile('http://slow.test/', 100);
    const expectation = expect(fetched).rejects.toMatchObject({ code: 'timeout' });
    await clock.advance(20_000);

    await expectation;
  });
});

function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
