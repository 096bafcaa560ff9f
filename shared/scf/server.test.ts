import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../kernel/clock.ts';
import type { HttpHandler, HttpRequest } from '../kernel/http.ts';
import { createLog, type Log } from '../kernel/log.ts';
import type { Credentials } from '../store/credentials.ts';
import { HEALTH_PATH, HttpServer, type HttpServerOptions } from './server.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.end(1_000)));
});

interface Given extends Partial<Omit<HttpServerOptions, 'app'>> {
  readonly handle: HttpHandler;
  readonly finish?: () => Promise<void>;
}

async function start({ handle, finish, ...options }: Given) {
  const lines: string[] = [];
  const log = createLog({
    write: (line) => lines.push(line),
    now: () => 0,
    level: 'debug',
  }) as Log;
  const server = new HttpServer({
    app: { clock: systemClock, log, handle, ...(finish ? { finish } : {}) },
    requestsAtOnce: 100,
    ...options,
  });
  servers.push(server);
  const port = await server.listen(0, '127.0.0.1');
  return { server, lines, port, url: `http://127.0.0.1:${port}` };
}

const ok = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'done' };

/** A promise that the test settles. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a request', () => {
  test('arrives as from any gateway, without what only the platform and we may know', async () => {
    const seen: HttpRequest[] = [];
    const offered: Credentials[] = [];
    const { url, lines } = await start({
      async handle(request) {
        seen.push(request);
        return ok;
      },
      addressHeader: 'x-scf-remote-addr',
      keyring: { offer: (credentials) => offered.push(credentials) },
    });
    const response = await fetch(`${url}/v1/a%20b?x=1&x=2&y=%E4%BD%A0+%2B`, {
      method: 'POST',
      headers: {
        'content-type': 'text/xml',
        'x-scf-request-id': 'r1',
        'x-scf-remote-addr': '::ffff:1.2.3.4',
        'x-scf-secret-id': 'AKID1',
        'x-scf-secret-key': 'the key',
        'x-scf-session-token': 'the session',
        'x-forwarded-for': '6.6.6.6',
      },
      body: '<xml>你好</xml>',
    });

    expect([response.status, await response.text()]).toEqual([200, 'done']);
    const [{ headers, body, ...rest } = {} as HttpRequest] = seen;
    expect(rest).toEqual({
      method: 'POST',
      path: '/v1/a%20b',
      query: { x: '1', y: '你 +' },
      requestId: 'r1',
      remoteAddress: '1.2.3.4',
    });
    expect(Buffer.from(body).toString()).toBe('<xml>你好</xml>');
    expect(headers['content-type']).toBe('text/xml');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-scf'))).toEqual([]);
    expect(
      offered.map(({ secretId, secretKey, sessionToken }) => [
        secretId,
        secretKey.reveal(),
        sessionToken?.reveal(),
      ]),
    ).toEqual([['AKID1', 'the key', 'the session']]);
    expect(lines.join()).not.toMatch(/the key|the session/);
  });

  test('has an id of its own and no address where no platform gives them', async () => {
    const seen: HttpRequest[] = [];
    const { url } = await start({
      async handle(request) {
        seen.push(request);
        return ok;
      },
    });
    const forged = { 'x-scf-remote-addr': '1.2.3.4', 'x-forwarded-for': '1.2.3.4' };
    await fetch(url, { headers: forged });
    await fetch(url);

    expect(seen.map(({ remoteAddress }) => remoteAddress)).toEqual([undefined, undefined]);
    expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(2);
  });

  test('of more than 6 MB is refused; the next one on the connection is answered', async () => {
    const { url } = await start({ handle: async () => ok });
    const body = Buffer.alloc(6 * 1024 * 1024 + 1);

    expect((await fetch(url, { method: 'POST', body })).status).toBe(413);
    expect((await fetch(url, { method: 'POST', body: body.subarray(1) })).status).toBe(200);
  });

  test('whose handler fails is answered 500 without a reason, and logged with its id', async () => {
    const { url, lines } = await start({
      handle: () => Promise.reject(new Error('a bug')),
    });
    const response = await fetch(url, { headers: { 'x-scf-request-id': 'r1' } });

    expect([response.status, await response.text()]).toEqual([500, '']);
    const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error');
    expect(logged).toMatchObject({ event: 'request failed', requestId: 'r1' });
  });

  test('whose caller goes away before its end leaves nothing behind', async () => {
    const { port, server, lines, url } = await start({ handle: async () => ok });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await until(() => server.inFlight === 1);
    socket.destroy();
    await until(() => server.inFlight === 0);

    expect(lines.filter((line) => line.includes('"error"'))).toEqual([]);
    expect((await fetch(url)).status).toBe(200);
  });

  test('is run within its id, so that every line of it can name it', async () => {
    const ids: string[] = [];
    const { url } = await start({
      handle: async () => ok,
      within(requestId, work) {
        ids.push(requestId);
        return work();
      },
    });
    await fetch(url, { headers: { 'x-scf-request-id': 'r7' } });

    expect(ids).toEqual(['r7']);
  });
});

describe('many requests', () => {
  test('are handled at a time, up to the bound; more are answered 503', async () => {
    const { opened, open } = gate();
    let running = 0;
    const { url, server, lines } = await start({
      async handle() {
        running += 1;
        await opened;
        return ok;
      },
      requestsAtOnce: 3,
    });
    const held = [1, 2, 3].map(() => fetch(url));
    await until(() => running === 3);

    expect((await fetch(url)).status).toBe(503);
    expect((await fetch(url + HEALTH_PATH)).status).toBe(200);
    expect(lines.some((line) => line.includes('request turned away'))).toBe(true);
    open();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(running).toBe(3);
    await until(() => server.inFlight === 0);
  });

  test('leave what is to be finished to the background, and the last one waits for all of it', async () => {
    const first = gate();
    const flush = gate();
    let calls = 0;
    const { url } = await start({
      async handle({ path }) {
        if (path === '/slow') await first.opened;
        return ok;
      },
      finish() {
        calls += 1;
        return calls === 1 ? flush.opened : Promise.resolve();
      },
    });
    let isSlowAnswered = false;
    const slow = fetch(`${url}/slow`).then(() => {
      isSlowAnswered = true;
    });
    // Answered although its flush hangs, for the slow one keeps the process awake.
    await fetch(`${url}/quick`);
    first.open();
    await until(() => calls === 2);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isSlowAnswered).toBe(false);
    flush.open();
    await slow;
  });
});

describe('the end', () => {
  test('waits for the requests in flight, takes no new ones, and finishes', async () => {
    const { opened, open } = gate();
    let finished = 0;
    let running = 0;
    const { url, server, port } = await start({
      async handle() {
        running += 1;
        await opened;
        return ok;
      },
      async finish() {
        finished += 1;
      },
    });
    const agentless = new Promise<number | undefined>((resolve, reject) => {
      httpRequest(url, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    await until(() => running === 1);
    const ended = server.end(5_000);
    await expect(fetch(url)).rejects.toThrow();
    open();

    expect(await agentless).toBe(200);
    expect(await ended).toBe('ok');
    expect(finished).toBe(2);
    expect(port).toBeGreaterThan(0);
  });

  test('comes in time, also when a request does not end', async () => {
    let isRunning = false;
    const { url, server } = await start({
      handle() {
        isRunning = true;
        return new Promise(() => {});
      },
    });
    const hanging = fetch(url).catch((error: unknown) => error);
    await until(() => isRunning);

    expect(await server.end(30)).toBe('late');
    expect(await hanging).toHaveProperty('message', 'fetch failed');
  });
});
