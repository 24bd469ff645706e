import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { WorkerOptions } from '../actions/worker.ts';
import { addQueueOptions } from '../jobs/queue-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit worker`: a machine's hands for jobs of a queue. */
export function workerCommand(): Command {
  const command = new Command('worker').description(
    'Do the jobs of a queue on this machine, with others on theirs, until Ctrl-C. Jobs are data: which folders they may read is said here.',
  );
  return addQueueOptions(command)
    .optionsGroup('What jobs may use:')
    .requiredOption('--store <dir>', 'where results and checkpoints lie: the same folder for all machines')
    .option('--runs <dir>', 'the folder of the runs that jobs may name')
    .option('--data-dir <dir>', 'the folder of the data that jobs may name')
    .addOption(
      new Option(
        '--allow-url <prefix>',
        'addresses that jobs may fetch data from, by their beginning; may be given again',
      ).argParser((prefix: string, before: string[] | undefined) => [...(before ?? []), prefix]),
    )
    .optionsGroup('Work:')
    .addOption(
      new Option(
        '--lock-seconds <s>',
        'after how long without a word others take a job (default: 30); the same for all workers',
      ).argParser(parseNumber.positive),
    )
    .addOption(
      new Option(
        '--progress-deadline <s>',
        'after how long without progress a job is taken for hung: its process is killed, and it is tried again (default: 3600)',
      ).argParser(parseNumber.positive),
    )
    .addOption(
      new Option('--children <n>', 'jobs at once, each in a process of its own (default: 1)').argParser(
        parseNumber.count,
      ),
    )
    .addOption(
      new Option(
        '--workers <n>',
        'threads of each job (default: all cores, shared among the children)',
      ).argParser(parseNumber.workers),
    )
    .addOption(
      new Option('--log <format>', 'text on stderr, or json: a line of JSON an event on stdout')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'worker --queue redis://127.0.0.1:6379 --store /mnt/jobs --runs runs',
        'worker --queue postgres://me@db/jobs --store /mnt/jobs --runs runs --data-dir data --children 4 --log json',
      ]),
    )
    .action(async (options: WorkerOptions) => {
      const { worker } = await import('../actions/worker.ts');
      await worker(options);
    });
}
