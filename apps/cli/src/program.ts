import { readFileSync } from 'node:fs';
import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import { datasetsCommand } from './commands/datasets.ts';
import { projectCommand } from './commands/project.ts';
import { summaryCommand } from './commands/summary.ts';
import { trainCommand } from './commands/train.ts';
import { programName } from './program-name.ts';

/** The command line, ready to parse. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('latentkit')
    .description('Train, inspect and compare variational autoencoders.')
    .version(version)
    .addHelpText('after', exampleHelp(programName(), ['train', 'summary --recipe keras-conv']));
  const commands = [trainCommand(), projectCommand(), summaryCommand(), datasetsCommand()];
  for (const command of commands) program.addCommand(command);
  return program;
}
