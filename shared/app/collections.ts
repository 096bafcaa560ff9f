import { alertCollection } from '../alerts/index.ts';
import { autoReplyCollection } from '../auto-replies/document.ts';
import { allowListCollection } from '../callback/allow-list.ts';
import { inboxCollection } from '../callback/inbox-document.ts';
import { sendRightCollection } from '../callback/send-right.ts';
import { sessionCollection } from '../callback/session-document.ts';
import { consoleCollections } from '../console/collections.ts';
import { followerCollections } from '../followers/index.ts';
import { jobCollection } from '../jobs/index.ts';
import { massSendCollections } from '../mass-send/index.ts';
import { materialNameCollection } from '../material/name-document.ts';
import { menuVersionCollection } from '../menu/version-document.ts';
import { metricCollection } from '../metrics/index.ts';
import { qrcodeCollection, scanCollection } from '../outreach/index.ts';
import { proposalCollection } from '../proposals/proposal-document.ts';
import { proxyCollections } from '../proxy/collections.ts';
import { type CollectionPlan, planCollections } from '../store/collection.ts';
import type { Collection, Doc } from '../store/store.ts';
import { tokenCollection } from '../token/index.ts';
import { auditCollection } from './audit.ts';

/** Every collection, with the schema that says what its fields are. */
export const appCollections: readonly Pick<
  Collection<Doc>,
  'name' | 'indexes' | 'schema' | 'bound'
>[] = [
  alertCollection,
  auditCollection,
  allowListCollection,
  autoReplyCollection,
  ...consoleCollections,
  inboxCollection,
  ...followerCollections,
  ...massSendCollections,
  jobCollection,
  materialNameCollection,
  menuVersionCollection,
  metricCollection,
  proposalCollection,
  ...proxyCollections,
  qrcodeCollection,
  scanCollection,
  sessionCollection,
  sendRightCollection,
  tokenCollection,
];

/** What must be provisioned in CloudBase before the first function runs. */
export const collections: readonly CollectionPlan[] = planCollections(appCollections);
