import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { createLog } from '../kernel/log.ts';
import { httpFunction, toHttpRequest } from './http.ts';

const body = '<xml>你好</xml>';
const shapes = {
  'Function URL': {
    httpMethod: 'POST',
    path: '/callback',
    headers: { 'content-type': 'text/xml', 'x-scf-remote-addr': '1.2.3.4' },
    queryString: { signature: 's', timestamp: '1' },
    body,
  },
  'CloudBase HTTP access': {
    httpMethod: 'POST',
    path: '/callback',
    headers: { 'content-type': 'text/xml' },
    queryStringParameters: { signature: 's', timestamp: '1' },
    requestContext: { requestId: 'r', envId: 'e', appId: 1, uin: 2 },
    body,
    isBase64Encoded: false,
  },
  'API Gateway, base64, list values': {
    httpMethod: 'post',
    path: '/callback',
    headers: { 'Content-Type': 'text/xml' },
    headerParameters: {},
    pathParameters: {},
    queryStringParameters: {},
    queryString: { signature: 's', timestamp: '1' },
    stageVariables: {},
    requestContext: { serviceId: 's', identity: {}, sourceIp: '1.2.3.4' },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  },
};

describe('toHttpRequest', () => {
  test.each(Object.entries(shapes))('%s', (_, event) => {
    const request = toHttpRequest(event, 'r1');

    expect(request).toMatchObject({
      method: 'POST',
      path: '/callback',
      query: { signature: 's', timestamp: '1' },
      requestId: 'r1',
    });
    expect(request?.headers['content-type']).toBe('text/xml');
    expect(Buffer.from(request?.body ?? []).toString()).toBe(body);
  });

  test.each<[string, object, string | undefined]>([
    ['a Function URL', { headers: { 'x-scf-remote-addr': '1.2.3.4' } }, '1.2.3.4'],
    ['one with a port', { headers: { 'x-scf-remote-addr': '1.2.3.4:80' } }, '1.2.3.4'],
    ['one of IPv6', { headers: { 'x-scf-remote-addr': '2402:4e00::1' } }, '2402:4e00::1'],
    [
      'one of IPv6 with a port',
      { headers: { 'x-scf-remote-addr': '[2402:4e00::1]:80' } },
      '2402:4e00::1',
    ],
    ['IPv4 in IPv6', { headers: { 'x-scf-remote-addr': '::ffff:1.2.3.4' } }, '1.2.3.4'],
    ['API Gateway', { requestContext: { sourceIp: '1.2.3.4' } }, '1.2.3.4'],
    [
      'the caller itself',
      { headers: { 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4' } },
      undefined,
    ],
    ['nobody', { headers: null, requestContext: 1 }, undefined],
  ])('who called, by %s', (_, event, address) => {
    expect(toHttpRequest({ httpMethod: 'GET', ...event }, '')?.remoteAddress).toBe(address);
  });

  test.each<[string, object, string | undefined]>([
    ['CloudBase', { headers: { 'x-a': '1.2.3.4' }, requestContext: { envId: 'e' } }, '1.2.3.4'],
    ['names as sent', { headers: { 'X-A': '1.2.3.4:80' }, requestContext: {} }, '1.2.3.4'],
    [
      'nothing else',
      {
        headers: { 'x-real-ip': '6.6.6.6', 'x-scf-remote-addr': '6.6.6.6' },
        requestContext: { envId: 'e', sourceIp: '6.6.6.6' },
      },
      undefined,
    ],
  ])('who called, by the header that an operator named: %s', (_, event, address) => {
    const request = toHttpRequest({ httpMethod: 'GET', ...event }, '', 'x-a');

    expect(request?.remoteAddress).toBe(address);
  });

  test('takes the query from wherever it is, the first of several values', () => {
    const query = (event: object) => toHttpRequest({ httpMethod: 'GET', ...event }, '')?.query;

    expect(query({ queryString: { a: '1' } })).toEqual({ a: '1' });
    expect(query({ queryStringParameters: { a: ['1', '2'], b: 3, c: null } })).toEqual({
      a: '1',
      b: '3',
    });
    expect(query({})).toEqual({});
  });

  test.each([
    ['nothing', undefined],
    ['text', 'GET /'],
    ['a list', []],
    ['a timer event', { Type: 'Timer', TriggerName: 't' }],
    ['a body that is not text', { httpMethod: 'POST', body: { a: 1 } }],
  ])('refuses %s', (_, event) => {
    expect(toHttpRequest(event, 'r1')).toBeUndefined();
  });

  test('survives any event, and gives only text', () => {
    const event = fc.oneof(
      fc.anything(),
      fc.record({
        httpMethod: fc.oneof(fc.string(), fc.anything()),
        path: fc.anything(),
        headers: fc.anything(),
        queryString: fc.anything(),
        queryStringParameters: fc.anything(),
        body: fc.oneof(anyText(), fc.anything()),
        isBase64Encoded: fc.anything(),
      }),
    );

    fc.assert(
      fc.property(event, (given) => {
        const request = toHttpRequest(given, undefined);
        if (!request) return;
        const values = [...Object.values(request.query), ...Object.values(request.headers)];
        expectSame(
          values.every((value) => typeof value === 'string'),
          true,
        );
        expectSame(typeof request.body === 'string' || ArrayBuffer.isView(request.body), true);
        expectSame(request.query.constructor === Object, false);
      }),
      { numRuns: 20_000 },
    );
  });
});

test.each([
  ['/v1/a', { path: '/v1/a' }],
  ['/v1/a', { path: '/proxy/v1/a', requestContext: { path: '/proxy' } }],
  ['/proxyv1/a', { path: '/proxyv1/a', requestContext: { path: '/proxy' } }],
  ['/proxy/v1/a', { path: '/proxy/v1/a', requestContext: { path: '/' } }],
  ['/%2e%2e//a', { path: '/%2e%2e//a' }],
  ['/', {}],
])('the path %s is below that of the function, as it was sent', (path, event) => {
  expect(toHttpRequest({ httpMethod: 'GET', ...event }, '')?.path).toBe(path);
});

describe('httpFunction', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: () => 0 });
  const clock = createFakeClock();
  const echo = async (request: HttpRequest) => ({
    status: 201,
    headers: { 'content-type': 'text/plain' },
    body: `${request.method} ${request.requestId}`,
  });

  test('sends bytes as text if they are, else in base64, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), anyText()), async (given) => {
        const bytes = typeof given === 'string' ? Buffer.from(given) : given;
        const answer = { status: 200, headers: {}, body: bytes };
        const main = httpFunction({ handle: async () => answer, clock, log });

        const { body, isBase64Encoded } = await main({ httpMethod: 'GET' }, {});

        const sent = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
        expect(sent.equals(bytes)).toBe(true);
      }),
    );
  });

  test('sends a long text in base64 if its quotes would make it too long', async () => {
    const body = Buffer.from('"'.repeat(4_000_000));
    const main = httpFunction({
      handle: async () => ({ status: 200, headers: {}, body }),
      clock,
      log,
    });

    const envelope = await main({ httpMethod: 'GET' }, {});

    expect(JSON.stringify(envelope).length).toBeLessThan(6_000_000);
    expect(envelope.isBase64Encoded).toBe(true);
  });

  test('answers with the whole envelope', async () => {
    const main = httpFunction({ handle: echo, log, clock });

    expect(await main({ httpMethod: 'get' }, { request_id: 'r1' })).toEqual({
      isBase64Encoded: false,
      statusCode: 201,
      headers: { 'content-type': 'text/plain' },
      body: 'GET r1',
    });
  });

  test('a malformed event is 400, a bug is 500 and says nothing but in the log', async () => {
    const main = httpFunction({
      handle: () => Promise.reject(new Error('inner words')),
      log,
      clock,
    });

    expect(await main('?', {})).toMatchObject({ statusCode: 400, body: '' });
    expect(await main({ httpMethod: 'GET' }, {})).toMatchObject({ statusCode: 500, body: '' });
    expect(lines.at(-1)).toContain('inner words');
  });
});
