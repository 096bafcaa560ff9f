import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { type ScfFixture, startScfFixture, until } from './fixture.ts';
import type { ScfOptions } from './scf.ts';

let running: ScfFixture | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** A server that tells what it was sent, and does what the path says. */
const SERVER = `
  const { createServer } = require('node:http');
  let running = 0, most = 0, served = 0;
  createServer(async (request, response) => {
    running += 1; most = Math.max(most, running);
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (pathname === '/exit') process.exit(3);
    if (pathname === '/fill') { globalThis.full = Buffer.alloc(300 * 1024 * 1024, 1); }
    console.log(JSON.stringify({ requestId: request.headers['x-scf-request-id'], path: pathname }));
    await new Promise((resolve) => setTimeout(resolve, Number(searchParams.get('ms') ?? 0)));
    running -= 1; served += 1;
    response.setHeader('x-kind', 'test');
    response.end(JSON.stringify({
      method: request.method, url: request.url, headers: request.headers, now: Date.now(),
      body: Buffer.concat(chunks).toString('base64'), most, served, pid: process.pid,
    }));
  }).listen(Number(process.env.PORT ?? 9000));
  process.on('SIGTERM', () => { console.log('ending'); process.exit(0); });`;

async function start(options: Partial<ScfOptions> = {}, special = {}) {
  running = await startScfFixture(
    {
      fn: {
        code: SERVER,
        http: { path: '/fn' },
        httpFunction: { concurrency: 10 },
        ...special,
      },
    },
    {
      gateway: { port: 0 },
      platformEnv: { TENCENTCLOUD_SECRETID: 'AKID1', TENCENTCLOUD_SECRETKEY: 'the key' },
      ...options,
    },
  );
  const { url } = running.scf;
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}/fn${path}`, init);
    const text = await response.text();
    return { response, ...(text.startsWith('{') ? JSON.parse(text) : {}) };
  };
  return { ...running, get };
}

const isStopped = (pid: number) => /^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

test('a request reaches the server as it was sent, with what the platform says of it', async () => {
  const { get } = await start();

  const { response, method, url, headers, body } = await get('/a%20b?x=1', {
    method: 'POST',
    headers: { 'X-Scf-Secret-Id': 'forged', 'x-scf-forged': 'yes', 'content-type': 'text/xml' },
    body: Buffer.from([0xff, 0]),
  });

  expect([response.status, response.headers.get('x-kind')]).toEqual([200, 'test']);
  expect([method, url, body]).toEqual(['POST', '/a%20b?x=1', '/wA=']);
  expect(headers).toMatchObject({
    'content-type': 'text/xml',
    'x-scf-request-id': response.headers.get('x-scf-request-id'),
    'x-scf-remote-addr': '127.0.0.1',
    'x-scf-secret-id': 'AKID1',
    'x-scf-secret-key': 'the key',
  });
  expect(headers['x-scf-forged']).toBeUndefined();
});

test('one instance takes requests at a time up to its concurrency; more start another one', async () => {
  const { get, scf } = await start();
  await get('/');

  // Long enough that all of them are under way at a time, also on a busy machine.
  const answers = await Promise.all(Array.from({ length: 15 }, () => get('/?ms=2000')));

  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
  expect(Math.max(...answers.map(({ most }) => most))).toBe(10);
  expect(scf.instances().map(({ inFlight }) => inFlight)).toEqual([0, 0]);
});

test('it is stopped when no request is in flight, and goes on with the next', async () => {
  const { get } = await start();
  const { pid } = await get('/');
  await until(() => isStopped(pid));

  const [slow, quick] = await Promise.all([get('/?ms=200'), get('/')]);

  expect([slow.pid, quick.pid]).toEqual([pid, pid]);
  await until(() => isStopped(pid));
});

test('each line is told with the request that it names', async () => {
  const { get, log } = await start();
  const [one, two] = await Promise.all([get('/one?ms=50'), get('/two?ms=50')]);

  const requestOf = (path: string) => log.find(({ line }) => line.includes(path))?.requestId;
  expect(requestOf('/one')).toBe(one.response.headers.get('x-scf-request-id'));
  expect(requestOf('/two')).toBe(two.response.headers.get('x-scf-request-id'));
});

test('an instance that is no longer needed hears SIGTERM, also while it is stopped', async () => {
  const { get, scf, lines } = await start();
  await get('/');

  await scf.reload('fn');

  expect(lines()).toContain('ending');
  expect(scf.instances()).toEqual([]);
});

test('a process that is killed takes all its requests with it; the next one gets another', async () => {
  const { get, scf } = await start();
  const { pid } = await get('/');
  const held = [1, 2, 3].map(() => get('/?ms=5000'));
  await until(() => scf.instances()[0]?.inFlight === 3);

  await scf.kill('fn-1');

  for (const { response, errorMessage } of await Promise.all(held)) {
    expect([response.status, errorMessage]).toEqual([
      500,
      'User process exit when running (signal SIGKILL)',
    ]);
  }
  expect((await get('/')).pid).not.toBe(pid);
});

test('an exit and too long a request end as the platform ends them', async () => {
  const { get } = await start({}, { timeoutSeconds: 2 });
  await get('/');

  expect((await get('/exit')).errorMessage).toContain('exit code 3');
  expect((await get('/?ms=9000')).errorMessage).toContain('timed out');
});

test('too much memory ends as the platform ends it', async () => {
  const { get } = await start({}, { timeoutSeconds: 60 });

  expect((await get('/fill?ms=30000')).errorMessage).toContain('Memory limit');
});

test('a server that does not start says why', async () => {
  const { get, lines } = await start({}, { code: 'throw new Error("no such setting")' });

  expect((await get('/')).errorMessage).toContain('exit code 1');
  expect(lines().join()).toContain('no such setting');
});

test('its time moves with that of the test', async () => {
  let offsetMs = 0;
  const { get } = await start({ clockOffsetMs: () => offsetMs });
  await get('/');
  offsetMs = 3_600_000;

  const { now } = await get('/');

  expect(now).toBeGreaterThan(Date.now() + 3_500_000);
});

test('it takes requests and no events', async () => {
  const { scf } = await start();

  expect(await scf.invoke('fn', { httpMethod: 'GET' })).toMatchObject({
    ok: false,
    error: { statusCode: 400, errorMessage: expect.stringContaining('HTTP function') },
  });
  expect(() =>
    scf.add({
      name: 'other',
      bundle: '/x/index.js',
      handler: 'index.main',
      memoryMb: 128,
      timeoutSeconds: 3,
      environment: {},
      httpFunction: { concurrency: 101 },
    }),
  ).toThrow('1 to 100 requests');
});
