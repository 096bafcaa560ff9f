export { countJobs } from './count.ts';
export {
  type Again,
  again,
  defineJob,
  type Job,
  type JobContext,
  type JobKind,
  type JobOptions,
  type Priority,
} from './define-job.ts';
export { eraseJobs } from './erase.ts';
export { judgeByCode, type RetryDecision } from './failure.ts';
export { type JobState, jobCollection, jobStates } from './job-document.ts';
export {
  createJobOperator,
  type JobOperator,
  type JobQuery,
  type JobSummary,
  jobIdSchema,
  jobQuerySchema,
} from './operator.ts';
export {
  createQueue,
  type Enqueued,
  type EnqueueOptions,
  type Queue,
  type WakeWorker,
} from './queue.ts';
export type { ShiftReport } from './shift.ts';
export { createWorker, type Worker, type WorkerOptions } from './worker.ts';
