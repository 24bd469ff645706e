export { canonicalJson } from './canonical-json.ts';
export { checkJob, type Job, type JobData, type Json, jobId } from './job.ts';
export type {
  EnqueueOptions,
  JobEvent,
  JobOutcome,
  JobQueue,
  JobState,
  JobStatus,
  ResultsOptions,
  WorkOptions,
} from './job-queue.ts';
