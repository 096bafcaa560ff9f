import { jobCollection } from '../jobs/index.ts';
import { clientCollection } from '../proxy/client-document.ts';
import { nonceCollection } from '../proxy/nonces.ts';
import { type CollectionPlan, planCollections } from '../store/collection.ts';
import { tokenCollection } from '../token/index.ts';

/** Every collection there is: what has to be provisioned before the first function runs. */
export const collections: readonly CollectionPlan[] = planCollections([
  clientCollection,
  jobCollection,
  nonceCollection,
  tokenCollection,
]);
