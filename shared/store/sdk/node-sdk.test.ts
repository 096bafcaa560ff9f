import { describe } from '@jest/globals';
import { storeContract } from '../../../scripts/testing/store/contract/contract.ts';
import { contractCollections } from '../../../scripts/testing/store/contract/fixtures.ts';
import { openStoreFixture } from '../../../scripts/testing/store/store-fixture.ts';
import { serviceTraps } from '../../../scripts/testing/store/store-service-traps.ts';
import { networkTraps, type TrapOptions } from '../../../scripts/testing/store/store-traps.ts';

const driver = () => import('./node-sdk.ts');

const traps: TrapOptions = {
  driver,
  otherDriver: () => import('./tcb-admin.ts'),
  actions: {
    insert: 'database.insertDocument',
    update: 'database.modifyDocument',
    remove: 'database.removeDocument',
    get: 'database.getDocument',
    count: 'database.calculateDocument',
    replaceInTransaction: 'database.modifyDocument',
  },
};

describe('the store on @cloudbase/node-sdk', () => {
  storeContract(() => openStoreFixture({ driver }, contractCollections), 40);

  describe('on a bad network', () => networkTraps(traps));
  describe('on a service that refuses', () => serviceTraps(traps));
});
