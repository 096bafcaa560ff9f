import { clientCollection } from './client-document.ts';
import { limitCollection } from './limit-document.ts';
import { nonceCollection } from './nonces.ts';
import { resultCollection } from './result-document.ts';

/** The proxy's collections: clients, their limits, their nonces, and results by idempotency key. */
export const proxyCollections = [
  clientCollection,
  limitCollection,
  nonceCollection,
  resultCollection,
] as const;
