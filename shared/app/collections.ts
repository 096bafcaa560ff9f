import { jobCollection } from '../jobs/index.ts';
import { metricCollection } from '../metrics/index.ts';
import { clientCollection } from '../proxy/client-document.ts';
import { limitCollection } from '../proxy/limit-document.ts';
import { nonceCollection } from '../proxy/nonces.ts';
import { resultCollection } from '../proxy/result-document.ts';
import { type CollectionPlan, planCollections } from '../store/collection.ts';
import { tokenCollection } from '../token/index.ts';

/** Every collection there is: what has to be provisioned before the first function runs. */
export const collections: readonly CollectionPlan[] = planCollections([
  clientCollection,
  jobCollection,
  limitCollection,
  nonceCollection,
  resultCollection,
  metricCollection,
  tokenCollection,
]);
