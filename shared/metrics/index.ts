export { createFinish, type Finish } from './end-of-invocation.ts';
export { createFlush, type FlushOptions } from './flush.ts';
export { FOLD_AFTER_MS, foldSilent } from './fold.ts';
export { type FunctionTotals, gather } from './gather.ts';
export { metricCollection } from './metric-document.ts';
