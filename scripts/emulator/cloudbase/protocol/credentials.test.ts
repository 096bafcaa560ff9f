import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLegacySdk } from '../conformance/legacy-sdk.ts';
import { createNodeSdk } from '../conformance/node-sdk.ts';
import type { Credentials, Sdk } from '../conformance/sdk.ts';
import { type Recorder, startRecorder } from '../testing/recorder.ts';
import { identify } from './credentials.ts';
import type { SignedRequest } from './signed-request.ts';

process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

const MINUTE = 60_000;
const keys = { secretId: 'AKIDone', secretKey: 'SKone' };
const environments = [
  { envId: 'env-1', ...keys, apiKeys: ['server-key'], clientKeys: ['browser-key'] },
  { envId: 'env-2', secretId: 'AKIDtwo', secretKey: 'SKtwo' },
];

let recorder: Recorder;
beforeAll(async () => {
  recorder = await startRecorder();
});
afterAll(() => recorder.close());

type CreateSdk = (credentials: Credentials) => Sdk;

async function record(create: CreateSdk, change: Partial<Credentials> = {}) {
  const sdk = create({ url: recorder.url, env: 'env-1', ...keys, ...change });
  await sdk.find((from) => from.where({ name: '小明' }).limit(5)).catch(() => undefined);
  return recorder.last();
}

/** The code that the request is refused with, or the environment that it opens. */
function outcome(request: SignedRequest, now = Date.now()): unknown {
  try {
    return identify(environments, request, now).envId;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe.each<[string, CreateSdk, number]>([
  ['node-sdk', createNodeSdk, 10 * MINUTE],
  ['tcb-admin-node', createLegacySdk, 15 * MINUTE],
  ['tcb-admin-node, v3', (credentials) => createLegacySdk(credentials, 'v3'), 10 * MINUTE],
])('the signature of %s', (_, create, lifetimeMs) => {
  test('opens the environment of its key', async () => {
    expect(outcome(await record(create))).toBe('env-1');
  });

  test('is refused for another key, or another key id', async () => {
    expect(outcome(await record(create, { secretKey: 'SKtwo' }))).toBe('SIGN_PARAM_INVALID');
    expect(outcome(await record(create, { secretId: 'AKIDtwo' }))).toBe('SIGN_PARAM_INVALID');
    expect(outcome(await record(create, { secretId: 'AKIDnobody' }))).toBe('SIGN_PARAM_INVALID');
  });

  test('covers every field of the body', async () => {
    const request = await record(create);
    const fields = Object.keys(request.body).filter((field) => field !== 'sdk_version');

    for (const field of fields) {
      const body = { ...request.body, [field]: 'tampered' };
      expect([field, outcome({ ...request, body })]).toEqual([field, 'SIGN_PARAM_INVALID']);
    }
  });

  test('does not cover what is slipped in', async () => {
    const request = await record(create);

    const body = { ...request.body, transactionId: 'slipped in' };

    expect(outcome({ ...request, body })).toBe('SIGN_PARAM_INVALID');
  });

  test('ends with its time', async () => {
    const request = await record(create);

    expect(outcome(request, Date.now() + lifetimeMs - MINUTE)).toBe('env-1');
    expect(outcome(request, Date.now() + lifetimeMs + MINUTE)).toBe('SIGN_PARAM_INVALID');
    expect(outcome(request, Date.now() - 20 * MINUTE)).toBe('SIGN_PARAM_INVALID');
  });

  test('opens no environment of others', async () => {
    expect(outcome(await record(create, { env: 'env-2' }))).toBe('INVALID_ENV');
    expect(outcome(await record(create, { env: 'env-3' }))).toBe('INVALID_ENV');
  });
});

test('v3 covers the host, the path and the time it was made', async () => {
  const request = await record(createNodeSdk);
  const withHeader = (name: string, value: string) => ({
    ...request,
    headers: { ...request.headers, [name]: value },
  });

  expect(outcome(withHeader('host', 'elsewhere:1'))).toBe('SIGN_PARAM_INVALID');
  expect(outcome(withHeader('x-tcb-source', 'wx'))).toBe('SIGN_PARAM_INVALID');
  expect(outcome(withHeader('x-timestamp', String(Math.floor(Date.now() / 1000) - 30)))).toBe(
    'SIGN_PARAM_INVALID',
  );
  expect(outcome({ ...request, url: request.url.replace('/admin', '/other') })).toBe(
    'SIGN_PARAM_INVALID',
  );
});

describe('without a signature', () => {
  const request = (authorization: string | undefined, envName = 'env-1'): SignedRequest => ({
    headers: { authorization },
    url: '/admin',
    body: { action: 'database.getDocument', envName },
  });

  test('nothing is open', () => {
    expect(outcome(request(undefined))).toBe('SIGN_PARAM_INVALID');
    expect(outcome(request('nonsense'))).toBe('SIGN_PARAM_INVALID');
  });

  test('an API key opens its own environment only', () => {
    expect(identify(environments, request('Bearer server-key'), 0)).toEqual({
      envId: 'env-1',
      role: 'admin',
    });
    expect(outcome(request('Bearer server-key', ''))).toBe('env-1');
    expect(outcome(request('Bearer server-key', 'env-2'))).toBe('INVALID_ACCESS_TOKEN');
    expect(outcome(request('Bearer other'))).toBe('INVALID_ACCESS_TOKEN');
  });

  test('the key of a client makes no administrator', () => {
    expect(identify(environments, request('Bearer browser-key'), 0).role).toBe('client');
  });
});
