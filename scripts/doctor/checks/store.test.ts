import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { provisionPostgres } from '../../provision/postgres/provision-postgres.ts';
import { testServer } from '../../testing/store/postgres-server.ts';
import { deploymentOf } from '../deployment.ts';
import { storeChecks } from './store.ts';

const url = await testServer();

(url === undefined ? describe.skip : describe)('the doctor on PostgreSQL', () => {
  test('says what to run before the tables are there', async () => {
    const env = {
      STORE_DRIVER: 'postgres',
      DATABASE_URL: url,
      DATABASE_SCHEMA: `test_${randomBytes(6).toString('hex')}`,
      WECHAT_APPID: 'wx0123456789abcdef',
    };
    const deployment = deploymentOf({ env, stage: 'dev' });
    const [tables] = storeChecks;

    const before = await tables?.run(deployment);
    expect(before).toMatchObject({ state: 'failure', todo: 'npm run provision' });
    await provisionPostgres({ env, check: false });

    expect(await tables?.run(deployment)).toMatchObject({ state: 'ok' });
  });
});
