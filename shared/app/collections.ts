import { followerCollections } from '../followers/index.ts';
import { jobCollection } from '../jobs/index.ts';
import { metricCollection } from '../metrics/index.ts';
import { type CollectionPlan, planCollections } from '../store/collection.ts';
import { tokenCollection } from '../token/index.ts';

/** Every collection there is: what has to be provisioned before the first function runs. */
export const collections: readonly CollectionPlan[] = planCollections([
  ...followerCollections,
  jobCollection,
  metricCollection,
  tokenCollection,
]);
