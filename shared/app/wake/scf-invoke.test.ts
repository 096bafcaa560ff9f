import { createHash, createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../../scripts/testing/fake-clock.ts';
import { responseOf } from '../../../scripts/testing/fetch-transport.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Transport } from '../../wechat/client/index.ts';
import { createScfInvoke } from './scf-invoke.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

function setUp(answer: string | undefined, hasRole = true) {
  const clock = createFakeClock(Date.UTC(2026, 10, 24, 1, 2, 3));
  const seen: Parameters<Transport>[0][] = [];
  const transport: Transport = (request) => {
    seen.push(request);
    if (answer === undefined) {
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
      });
    }
    return Promise.resolve(responseOf({ chunks: [Buffer.from(answer)] }));
  };
  const wakeWorker = createScfInvoke({
    transport,
    clock,
    credentials: () =>
      hasRole
        ? {
            secretId: 'AKIDtest',
            secretKey: new Secret('key'),
            sessionToken: new Secret('session'),
          }
        : undefined,
    region: 'ap-guangzhou',
    namespace: 'env-1',
    functionName: 'worker',
    limitMs: 300,
  });
  return { wakeWorker, clock, seen };
}

const OK = '{"Response":{"RequestId":"1","Result":{}}}';

test('invokes the worker asynchronously, signed as the cloud API checks it', async () => {
  const { wakeWorker, seen } = setUp(OK);

  await wakeWorker();

  const [request] = seen;
  const body = Buffer.from(request?.body as Uint8Array).toString();
  expect(JSON.parse(body)).toEqual({
    FunctionName: 'worker',
    Namespace: 'env-1',
    InvocationType: 'Event',
    ClientContext: '{"wake":true}',
  });
  const canonical = `POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:scf.tencentcloudapi.com\n\ncontent-type;host\n${sha256(body)}`;
  const toSign = `TC3-HMAC-SHA256\n1795482123\n2026-11-24/scf/tc3_request\n${sha256(canonical)}`;
  const key = hmac(hmac(hmac('TC3key', '2026-11-24'), 'scf'), 'tc3_request');
  expect(request).toMatchObject({ method: 'POST', url: 'https://scf.tencentcloudapi.com/' });
  expect(request?.headers).toEqual({
    'content-type': 'application/json; charset=utf-8',
    host: 'scf.tencentcloudapi.com',
    authorization: `TC3-HMAC-SHA256 Credential=AKIDtest/2026-11-24/scf/tc3_request, SignedHeaders=content-type;host, Signature=${hmac(key, toSign).toString('hex')}`,
    'x-tc-action': 'Invoke',
    'x-tc-version': '2018-04-16',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-timestamp': '1795482123',
    'x-tc-token': 'session',
  });
});

test.each([
  [
    '{"Response":{"Error":{"Code":"UnauthorizedOperation","Message":"x"}}}',
    'UnauthorizedOperation',
  ],
  ['<html>', 'nothing readable'],
  [`{"Response":{"Result":{"RetMsg":"${'x'.repeat(64 * 1024)}"}}}`, 'nothing readable'],
])('fails with what it was answered: %.40s', async (answer, reason) => {
  await expect(setUp(answer).wakeWorker()).rejects.toThrow(reason);
});

test('gives up in time, and without credentials at once', async () => {
  const { wakeWorker, clock } = setUp(undefined);
  const woken = expect(wakeWorker()).rejects.toThrow('no answer in 300 ms');
  await clock.advance(300);
  await woken;
  expect(clock.pending).toBe(0);

  await expect(setUp(OK, false).wakeWorker()).rejects.toThrow('no role');
});
