import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CloudbaseEmulator, startCloudbase } from './index.ts';

const ENV = 'env-raw';

let emulator: CloudbaseEmulator;

beforeAll(async () => {
  const keys = {
    secretId: 'AKIDraw',
    secretKey: 'SKraw',
    apiKeys: ['server'],
    clientKeys: ['web'],
  };
  emulator = await startCloudbase({ environments: [{ envId: ENV, ...keys }] });
  emulator.control.createCollection(ENV, { name: 'c' });
});
afterAll(() => emulator.close());

async function post(body: string, key = 'server') {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const response = await fetch(emulator.url, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const request = (action: string, fields: object = {}) =>
  JSON.stringify({ action, envName: ENV, ...fields });

test('success has a requestId and no code', async () => {
  const fields = { collectionName: 'c', queryType: 'WHERE', query: '{}' };

  const { status, body } = await post(request('database.calculateDocument', fields));

  expect(status).toBe(200);
  expect(body).toEqual({ data: { total: 0 }, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

const query = { collectionName: 'c', queryType: 'WHERE' };

const refusals: readonly (readonly [what: string, body: string, code: string, key?: string])[] = [
  ['what is no JSON', '{', 'INVALID_PARAM'],
  ['what is no object', '[]', 'INVALID_PARAM'],
  ['an unknown action', request('database.frobnicate'), 'INVALID_ACTION'],
  ['an action of the prototype', request('constructor'), 'INVALID_ACTION'],
  ['no collection', request('database.getDocument'), 'INVALID_PARAM'],
  [
    'no text where text belongs',
    request('database.getDocument', { ...query, query: 5 }),
    'INVALID_PARAM',
  ],
  [
    'a query that is no object',
    request('database.getDocument', { ...query, query: '5' }),
    'INVALID_PARAM',
  ],
  [
    'a query that is no JSON',
    request('database.getDocument', { ...query, query: '{' }),
    'DATABASE_REQUEST_FAILED',
  ],
  [
    'a fractional limit',
    request('database.getDocument', { ...query, limit: 1.5 }),
    'INVALID_PARAM',
  ],
  [
    'data that is no list',
    request('database.insertDocument', { ...query, data: '{}' }),
    'INVALID_PARAM',
  ],
  [
    'a document that is no object',
    request('database.insertDocument', { ...query, data: ['5'] }),
    'DATABASE_REQUEST_FAILED',
  ],
  [
    'an id that is an object',
    request('database.insertDocument', { ...query, data: ['{"_id":{}}'] }),
    'DATABASE_REQUEST_FAILED',
  ],
  [
    'stages that are no list',
    request('database.aggregateDocuments', { ...query, stages: {} }),
    'INVALID_PARAM',
  ],
  [
    'an unknown transaction',
    request('database.commitTransaction', { transactionId: 'x' }),
    'DATABASE_TRANSACTION_FAIL',
  ],
  [
    'an action that needs a transaction',
    request('database.getInTransaction', query),
    'INVALID_PARAM',
  ],
  [
    'a client, in a transaction',
    request('database.startTransaction'),
    'DATABASE_PERMISSION_DENIED',
    'web',
  ],
  [
    'a client, calling a function',
    request('functions.invokeFunction'),
    'DATABASE_PERMISSION_DENIED',
    'web',
  ],
  [
    'a client, reading',
    request('database.getDocument', query),
    'DATABASE_PERMISSION_DENIED',
    'web',
  ],
];

test.each(refusals.map(([what, body, code, key = 'server']) => [what, body, code, key] as const))(
  '%s is refused with HTTP 200 and a code',
  async (_, body, code, key) => {
    const answer = await post(body, key);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code,
      message: expect.any(String),
      requestId: expect.any(String),
    });
  },
);

test('files are not to be had without a permission, and COS says so in XML', async () => {
  const upload = { method: 'PUT', headers: { key: 'a.txt', authorization: 'forged' }, body: 'x' };
  const answers = [
    await fetch(`${emulator.baseUrl}/storage/${ENV}/a.txt`, upload),
    await fetch(`${emulator.baseUrl}/storage/${ENV}/a.txt`),
    await fetch(`${emulator.baseUrl}/storage/env-nowhere/a.txt`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 404]);
  for (const answer of answers) {
    expect(await answer.text()).toMatch(
      /<Error><Code>\w+<\/Code><Message>[^<]+<\/Message><RequestId>[^<]+<\/RequestId><TraceId>[^<]+<\/TraceId><\/Error>$/,
    );
  }
});

test('an environment id that could lead out of its directory is refused', async () => {
  const environments = [{ envId: '../elsewhere', secretId: 'a', secretKey: 'b' }];

  await expect(startCloudbase({ environments })).rejects.toThrow('Not an environment id');
});
