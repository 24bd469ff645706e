export type { OpenJobQueueOptions, TlsOptions } from './node/bull/open-options.ts';
export { type JobCheckpoint, jobRunFolder, readResult, type StoredResult } from './node/job-store.ts';
export { openJobQueue } from './node/open-job-queue.ts';
export { createPoolQueue } from './node/pool-queue.ts';
export {
  type JobContext,
  type JobKind,
  type JobResult,
  type ServeJobsOptions,
  serveJobs,
} from './node/serve-jobs.ts';
