// The program of the child processes that train a sweep's trials: its argument is what they have, as JSON.
import { serveJobs } from '@latentkit/jobs/node';
import { programVersion } from '../program-version.ts';
import { type TrialWorker, trialKind } from './trial-job.ts';

serveJobs([trialKind(JSON.parse(process.argv[2]!) as TrialWorker)], { codeVersion: programVersion() });
