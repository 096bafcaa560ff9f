import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudbaseEmulator, startCloudbase } from '../index.ts';
import { accessCases } from './access-cases.ts';
import { aggregateCases } from './aggregate-cases.ts';
import { type Cases, ENV, OTHER_ENV } from './case.ts';
import { conflictCases } from './conflict-cases.ts';
import { documentCases } from './document-cases.ts';
import { faultCases } from './fault-cases.ts';
import { indexCases } from './index-cases.ts';
import { createLegacySdk } from './legacy-sdk.ts';
import { createNodeSdk } from './node-sdk.ts';
import { queryCases } from './query-cases.ts';
import { COLLECTION, type Credentials, type Sdk } from './sdk.ts';
import { serviceCases } from './service-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { updateCases } from './update-cases.ts';

// Outside the cloud, the SDK asks for a metadata host twice per call, and warns of slow calls late.
process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

const groups: Readonly<Record<string, Cases>> = {
  documents: documentCases,
  queries: queryCases,
  updates: updateCases,
  aggregation: aggregateCases,
  indexes: indexCases,
  transactions: transactionCases,
  conflicts: conflictCases,
  faults: faultCases,
  access: accessCases,
  'files and functions': serviceCases,
};

const keys = { secretId: 'AKIDconformance', secretKey: 'SKconformance' };

let emulator: CloudbaseEmulator;

beforeAll(async () => {
  emulator = await startCloudbase({
    environments: [
      { envId: ENV, ...keys },
      { envId: OTHER_ENV, ...keys },
      { envId: 'env-foreign', secretId: 'AKIDforeign', secretKey: 'SKforeign' },
    ],
    invokeFunction: async (env, name, data) => {
      if (name === 'echo') return { env, data };
      if (name === 'throws') throw new Error('broken');
      if (name === 'huge') return 'x'.repeat(6 * 1024 * 1024);
      throw Object.assign(new Error(`no ${name}`), { code: 'FUNCTION_NOT_FOUND' });
    },
  });
});

afterAll(() => emulator.close());

beforeEach(() => {
  const { control } = emulator;
  control.faults.clear();
  control.stats.clear();
  control.settings.duplicates = 'request-failed';
  control.clock.set(Date.now());
  control.reset();
  control.createCollection(ENV, { name: COLLECTION });
});

type CreateSdk = (credentials: Credentials) => Sdk;

describe.each<[string, CreateSdk, CreateSdk]>([
  ['@cloudbase/node-sdk', createNodeSdk, createLegacySdk],
  ['tcb-admin-node', createLegacySdk, createNodeSdk],
])('%s', (_, create, createOther) => {
  describe.each(Object.entries(groups))('%s', (_group, cases) => {
    test.each(Object.entries(cases))('%s', async (_name, run) => {
      const credentials = { url: emulator.url, env: ENV, ...keys };
      await run({
        sdk: create(credentials),
        other: createOther(credentials),
        emulator,
        as: (change) => create({ ...credentials, ...change }),
      });
    });
  });
});

test('there are at least 60 cases', () => {
  const count = Object.values(groups).reduce((sum, cases) => sum + Object.keys(cases).length, 0);

  expect(count).toBeGreaterThanOrEqual(60);
});
