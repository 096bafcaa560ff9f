export { massSendCollections } from './collections.ts';
export { createMassSendJob, type MassSendJobOptions } from './job.ts';
export type { Limits } from './limits.ts';
export { createMassSends, type MassSends, type MassSendsOptions } from './operator.ts';
export { requests } from './requests.ts';
export { type FinishEvent, noteResult } from './results.ts';
