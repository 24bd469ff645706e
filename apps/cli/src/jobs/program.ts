// The program of a worker's child processes: every kind of job that the command line knows.

import { serveJobs } from '@latentkit/jobs/node';
import { encodeKind } from './encode-job.ts';
import { codeVersion, type ProgramSettings } from './work-options.ts';

const { allowed, threads } = JSON.parse(process.argv[2]!) as ProgramSettings;
serveJobs([encodeKind(allowed, threads)], { codeVersion: codeVersion() });
