import { broadcastCollection } from './broadcast-document.ts';
import { gateCollection } from './gate.ts';
import { resultCollection } from './results.ts';
import { sliceCollection } from './slices.ts';

export { digestOfArticles } from './content-check.ts';
export type { DryRun } from './dry-run.ts';
export { broadcastId } from './ids.ts';
export { createMassSendJob } from './job.ts';
export type { Limits } from './limits.ts';
export { createMassSends, type MassSends, type MassSendsOptions } from './mass-sends.ts';
export { broadcastEntries, reprintRule, requests } from './requests.ts';
export { type FinishEvent, recordResult } from './results.ts';
export type { MassSendSummary } from './summary.ts';

export const massSendCollections = [
  broadcastCollection,
  sliceCollection,
  resultCollection,
  gateCollection,
] as const;
