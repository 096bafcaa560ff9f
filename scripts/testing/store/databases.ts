import type { Driver } from '../../../shared/store/sdk/driver.ts';
import type { Store } from '../../../shared/store/store.ts';
import { openPostgresFixture } from './postgres-fixture.ts';
import { testServer } from './postgres-server.ts';
import { openStoreFixture, type StoreFixture } from './store-fixture.ts';

/** What the fixtures of all databases have. */
export type Database = Pick<StoreFixture, 'store' | 'close'> & { another(): Store };

type Collections = Parameters<typeof openStoreFixture>[1] &
  Parameters<typeof openPostgresFixture>[1];

type Opener = readonly [name: string, open: () => Promise<Database>];

/** The databases on which the functions run, by their names; PostgreSQL if this machine has one. */
export async function allDatabases(collections: Collections): Promise<readonly Opener[]> {
  const onCloudbase = (driver: () => Promise<Driver>) => () =>
    openStoreFixture({ driver }, collections);
  const url = await testServer();
  const databases: Opener[] = [
    ['@cloudbase/node-sdk', onCloudbase(() => import('../../../shared/store/sdk/node-sdk.ts'))],
    ['tcb-admin-node', onCloudbase(() => import('../../../shared/store/sdk/tcb-admin.ts'))],
  ];
  if (url !== undefined)
    databases.push(['PostgreSQL', () => openPostgresFixture(url, collections)]);
  return databases;
}
