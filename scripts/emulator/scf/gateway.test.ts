import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ScfFixture, startScfFixture, until } from './fixture.ts';
import type { EventShape } from './http-event.ts';

/** Answers with what it was given, or returns what the body asks for. */
const ECHO = `
  exports.main = async (event) => ({
    statusCode: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(event),
  });`;
const RETURN = `
  exports.main = async (event) => {
    const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
    return (0, eval)('(' + text + ')');
  };`;

let fixture: ScfFixture;
beforeAll(async () => {
  fixture = await startScfFixture(
    {
      echo: { code: ECHO, http: { path: '/echo' } },
      deep: { code: ECHO, http: { path: '/echo/deep/' } },
      give: { code: RETURN, http: { path: '/give' } },
      late: { code: RETURN, timeoutSeconds: 0.2, http: { path: '/late' } },
      hidden: ECHO,
    },
    { gateway: { port: 0 }, maxInstances: 2 },
  );
});
afterAll(() => fixture.close());

interface Sent {
  readonly shape?: EventShape;
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

function send(path: string, { shape = 'function-url', method, body, headers }: Sent = {}) {
  return fetch(`${fixture.scf.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...headers, 'x-emulator-shape': shape },
    ...(body === undefined ? {} : { body }),
  });
}

async function eventOf(path: string, sent: Sent = {}): Promise<Record<string, unknown>> {
  const response = await send(path, sent);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

/** The function returns the value of a JavaScript expression. */
function give(expression: string, shape: EventShape = 'function-url') {
  return send('/give', { shape, body: expression, headers: { 'content-type': 'text/plain' } });
}

describe('a request becomes an event', () => {
  const xml = { body: '<xml>你好</xml>', headers: { 'content-type': 'text/xml', 'X-Two': 'b' } };

  test('of a function URL', async () => {
    const event = await eventOf('/echo/a%20b?x=1&y=%E4%BD%A0&x=2&empty=', xml);

    expect(Object.keys(event).sort()).toEqual([
      'body',
      'headers',
      'httpMethod',
      'path',
      'queryString',
    ]);
    expect(event).toMatchObject({
      body: xml.body,
      httpMethod: 'POST',
      path: '/a%20b',
      queryString: { x: ['1', '2'], y: '你', empty: '' },
      headers: { 'content-type': 'text/xml', 'x-two': 'b', 'x-scf-remote-addr': '127.0.0.1' },
    });
    expect(event.headers).not.toHaveProperty('x-emulator-shape');
  });

  test('of the HTTP access service', async () => {
    const event = await eventOf('/echo?x=1', { ...xml, shape: 'http-access' });

    expect(event).toMatchObject({
      body: xml.body,
      isBase64Encoded: false,
      httpMethod: 'POST',
      path: '/',
      queryStringParameters: { x: '1' },
      headers: { 'x-two': 'b' },
      requestContext: { envId: 'default' },
    });
    expect(event).not.toHaveProperty('queryString');
  });

  test('of the API gateway, with header names as they were sent', async () => {
    const event = await rawRequest(
      'POST /echo/sub?x=1 HTTP/1.1\r\nHost: h\r\nX-Two: b\r\nX-Two: c\r\nX-Emulator-Shape: api-gateway\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi',
    );

    expect(event).toMatchObject({
      body: 'hi',
      path: '/echo/sub',
      queryString: { x: '1' },
      headers: { Host: 'h', 'X-Two': 'b, c' },
      requestContext: { path: '/echo', sourceIp: '127.0.0.1' },
    });
  });

  test.each([
    ['function-url', 'image/png', 'AP//', true],
    ['api-gateway', 'image/png', 'AP//', true],
    ['http-access', 'image/png', 'AP//', true],
  ] as const)('binary bodies are base64: %s', async (shape, type, body, isBase64Encoded) => {
    const bytes = new Uint8Array([0, 255, 255]);

    const event = await eventOf('/echo', { shape, body: bytes, headers: { 'content-type': type } });

    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  test('for the function with the longest matching path', async () => {
    expect(await eventOf('/echo/deep/x')).toMatchObject({ path: '/x' });
    expect(await eventOf('/echo/deeper')).toMatchObject({ path: '/deeper' });
    expect((await send('/hidden')).status).toBe(404);
    expect((await send('/echoes')).status).toBe(404);
  });

  test('unless it is too large', async () => {
    const body = 'x'.repeat(101 * 1024);
    expect((await send('/echo', { body, shape: 'http-access' })).status).toBe(413);
    expect((await send('/echo', { body, shape: 'function-url' })).status).toBe(200);
    expect((await send('/echo', { body: 'x'.repeat(6 * 1024 * 1024 + 1) })).status).toBe(413);
    // Fits as a body, but not as JSON.
    expect((await send('/echo', { body: '"'.repeat(4 * 1024 * 1024) })).status).toBe(413);
  });

  test('of a shape that exists', async () => {
    expect((await send('/echo', { shape: 'lambda' as never })).status).toBe(400);
  });
});

describe('a result becomes a response', () => {
  test.each<[string, EventShape, string, number, string, string]>([
    [
      'an envelope',
      'function-url',
      '{statusCode:201,headers:{"Content-Type":"text/plain"},body:"你好"}',
      201,
      'text/plain',
      '你好',
    ],
    [
      'base64',
      'function-url',
      '{statusCode:200,isBase64Encoded:true,body:"aGk="}',
      200,
      'application/json',
      'hi',
    ],
    ['a status alone', 'function-url', '{statusCode:404}', 404, 'application/json', ''],
    ['an object', 'function-url', '{a:1}', 200, 'application/json', '{"a":1}'],
    ['a string', 'function-url', '"hi"', 200, 'application/json', '"hi"'],
    ['nothing', 'function-url', 'undefined', 200, 'application/json', 'null'],
    ['a string', 'http-access', '"hi"', 200, 'text/plain; charset=utf-8', 'hi'],
    ['a number', 'http-access', '42', 200, 'text/plain; charset=utf-8', '42'],
    ['a list', 'http-access', '[1]', 200, 'application/json', '[1]'],
    [
      'an envelope',
      'api-gateway',
      '{statusCode:200,headers:{},body:"x"}',
      200,
      'application/json',
      'x',
    ],
  ])('%s (%s)', async (_, shape, expression, status, type, body) => {
    const response = await give(expression, shape);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('x-scf-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each<[string, EventShape, string]>([
    ['no envelope', 'api-gateway', '"hi"'],
    ['a status as text', 'function-url', '{statusCode:"200",body:""}'],
    ['a status out of range', 'http-access', '{statusCode:99,body:""}'],
    ['an object as body', 'function-url', '{statusCode:200,body:{a:1}}'],
    ['a list as header', 'function-url', '{statusCode:200,headers:{"set-cookie":["a","b"]}}'],
    ['a line break in a header', 'function-url', '{statusCode:200,headers:{a:"b\\nc: d"}}'],
    ['base64 that is none', 'function-url', '{statusCode:200,isBase64Encoded:true,body:"%"}'],
  ])('malformed: %s (%s)', async (_, shape, expression) => {
    const response = await give(expression, shape);

    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ errno: 403 });
  });

  test.each([
    ['an exception', '(() => { throw new Error("oops") })()', 500, 430],
    ['an end of the process', 'process.exit(3)', 500, 439],
    ['too large a result', '"x".repeat(6 * 1024 * 1024)', 502, 407],
  ])('failed: %s', async (_, expression, status, statusCode) => {
    const response = await give(expression);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      statusCode,
      requestId: response.headers.get('x-scf-request-id'),
    });
  });

  test('failed: a late answer', async () => {
    const response = await send('/late', { body: 'new Promise(() => setTimeout(() => {}, 9e4))' });

    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({
      errorMessage: 'Invoking task timed out after 0.2 seconds',
      statusCode: 433,
    });
  });

  test('refused: no instance is free', async () => {
    const { scf } = fixture;
    await give('1');
    await Promise.all([scf.invoke('give', { body: '1' }), scf.invoke('give', { body: '1' })]);
    const ids = scf.instances().flatMap(({ id, function: name }) => (name === 'give' ? [id] : []));
    expect(ids).toHaveLength(2);

    for (const id of ids) scf.freeze(id);
    const response = await give('1');
    for (const id of ids) scf.thaw(id);

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ statusCode: 432 });
  });
});

test('a client that goes away does not end its function', async () => {
  const { port } = new URL(fixture.scf.url ?? '');
  const before = fixture.log.length;
  const expression =
    '(console.log("working"), new Promise((done) => setTimeout(() => { console.log("finished"); done(1) }, 200)))';
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /give HTTP/1.1\r\nHost: h\r\nContent-Length: ${expression.length}\r\n\r\n${expression}`,
  );
  const has = (line: string) => fixture.log.slice(before).some((entry) => entry.line === line);
  await until(() => has('working'));

  socket.destroy();

  await until(() => has('finished'));
  expect((await give('1')).status).toBe(200);
});

function rawRequest(text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(fixture.scf.url ?? '').port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    socket.on('end', () => resolve(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))));
    socket.on('error', reject);
    socket.write(text);
  });
}

test('a port that is taken is an error, and nothing stays behind', async () => {
  const { port } = new URL(fixture.scf.url ?? '');

  await expect(
    startScfFixture({ echo: ECHO }, { gateway: { port: Number(port) } }),
  ).rejects.toThrow('EADDRINUSE');
});
