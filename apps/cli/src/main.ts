#!/usr/bin/env node
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

// A reader that has seen enough (`| head`) is no failure, nor is a terminal that was closed; a disk that is full is one.
let isTold = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (isTold || error.code === 'EPIPE') return;
  isTold = true;
  process.exitCode = reportFailure(new Error(`could not write to stdout: ${error.message}`), {
    debug: false,
  });
});
process.stderr.on('error', () => {});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error, { debug: process.argv.includes('--debug') });
}
