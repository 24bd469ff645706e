import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { JobsOptions } from '../actions/jobs.ts';
import { addQueueOptions } from '../jobs/queue-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit jobs`: what is on a queue. */
export function jobsCommand(): Command {
  const command = new Command('jobs').description(
    'Show how the jobs of a queue are getting on, on whichever machines: those under way, and those that failed.',
  );
  return addQueueOptions(command)
    .optionsGroup('Jobs:')
    .option('--watch', 'show them anew each second, until Ctrl-C')
    .option('--all', 'show those that are done or wait, too')
    .option('--cancel <id...>', 'stop these: ids, or how they begin')
    .option('--json', 'write a line of JSON a job to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'jobs --queue redis://127.0.0.1:6379 --watch',
        'jobs --queue redis://127.0.0.1:6379 --cancel 5f0c1a',
      ]),
    )
    .action(async (options: JobsOptions) => {
      const { jobs } = await import('../actions/jobs.ts');
      await jobs(options);
    });
}
