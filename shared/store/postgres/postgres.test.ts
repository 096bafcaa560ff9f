import { describe } from '@jest/globals';
import { storeContract } from '../../../scripts/testing/store/contract/contract.ts';
import { contractCollections } from '../../../scripts/testing/store/contract/fixtures.ts';
import { openPostgresFixture } from '../../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../../scripts/testing/store/postgres-server.ts';

const url = await testServer();

(url === undefined ? describe.skip : describe)('the store on PostgreSQL', () => {
  storeContract(() => openPostgresFixture(url ?? '', contractCollections), 100);
});
