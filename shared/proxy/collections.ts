import { clientCollection } from './client-document.ts';
import { limitCollection } from './limit-document.ts';
import { nonceCollection } from './nonces.ts';
import { resultCollection } from './result-document.ts';

/** What the proxy keeps: its clients, what they have left, their nonces, and results by key. */
export const proxyCollections = [
  clientCollection,
  limitCollection,
  nonceCollection,
  resultCollection,
] as const;
