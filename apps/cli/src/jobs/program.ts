// The program of a worker's child processes: every kind of job that the command line knows.

import { serveJobs } from '@latentkit/jobs/node';
import { programVersion } from '../program-version.ts';
import { trialKind } from '../sweep/trial-job.ts';
import { anomalyFitKind, anomalyScoresKind } from './anomaly-jobs.ts';
import { encodeKind } from './encode-job.ts';
import type { ProgramSettings } from './work-options.ts';

const { allowed, store, threads } = JSON.parse(process.argv[2]!) as ProgramSettings;
const trials = trialKind({
  store,
  files: {},
  threads,
  ...(allowed.data !== undefined && { dataDir: allowed.data }),
  isShared: true,
});
const kinds = [
  encodeKind(allowed, threads),
  anomalyFitKind(allowed, threads),
  anomalyScoresKind(allowed, { store, workers: threads }),
  trials,
];
serveJobs(kinds, { codeVersion: programVersion() });
