import { describe } from '@jest/globals';
import { openStoreBench } from '../../../scripts/testing/store-bench.ts';
import { storeContract } from '../contract/contract.ts';
import { contractCollections } from '../contract/fixtures.ts';

const driver = () => import('./node-sdk.ts');

describe('the store on @cloudbase/node-sdk', () => {
  storeContract(() => openStoreBench({ driver }, contractCollections), 40);
});
