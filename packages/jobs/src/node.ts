export { type JobCheckpoint, jobRunFolder, readResult, type StoredResult } from './node/job-store.ts';
export { type OpenJobQueueOptions, openJobQueue, type TlsOptions } from './node/open-job-queue.ts';
export { createPoolQueue } from './node/pool-queue.ts';
export {
  type JobContext,
  type JobKind,
  type JobResult,
  type ServeJobsOptions,
  serveJobs,
} from './node/serve-jobs.ts';
