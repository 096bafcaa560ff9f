import { alertCollection } from '../alerts/index.ts';
import { allowListCollection } from '../callback/allow-list.ts';
import { inboxCollection } from '../callback/inbox-document.ts';
import { followerCollections } from '../followers/index.ts';
import { jobCollection } from '../jobs/index.ts';
import { massSendCollections } from '../mass-send/index.ts';
import { metricCollection } from '../metrics/index.ts';
import { proxyCollections } from '../proxy/collections.ts';
import { type CollectionPlan, planCollections } from '../store/collection.ts';
import { tokenCollection } from '../token/index.ts';

/** Every collection. They must be provisioned before the first function runs. */
export const collections: readonly CollectionPlan[] = planCollections([
  alertCollection,
  allowListCollection,
  inboxCollection,
  ...followerCollections,
  ...massSendCollections,
  jobCollection,
  metricCollection,
  ...proxyCollections,
  tokenCollection,
]);
