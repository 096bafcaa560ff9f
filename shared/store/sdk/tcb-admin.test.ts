import { describe } from '@jest/globals';
import { storeContract } from '../../../scripts/testing/store/contract/contract.ts';
import { contractCollections } from '../../../scripts/testing/store/contract/fixtures.ts';
import { openStoreFixture } from '../../../scripts/testing/store/store-fixture.ts';
import { serviceTraps } from '../../../scripts/testing/store/store-service-traps.ts';
import { networkTraps, type TrapOptions } from '../../../scripts/testing/store/store-traps.ts';

const driver = () => import('./tcb-admin.ts');

const traps: TrapOptions = {
  driver,
  otherDriver: () => import('./node-sdk.ts'),
  actions: {
    insert: 'database.addDocument',
    update: 'database.updateDocument',
    remove: 'database.deleteDocument',
    get: 'database.queryDocument',
    count: 'database.countDocument',
    replaceInTransaction: 'database.updateDocInTransaction',
  },
};

describe('the store on tcb-admin-node', () => {
  storeContract(() => openStoreFixture({ driver }, contractCollections), 40);

  describe('on a bad network', () => networkTraps(traps));
  describe('on a service that refuses', () => serviceTraps(traps));
});
