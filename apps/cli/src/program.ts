import { readFileSync } from 'node:fs';
import { LatentkitError } from '@latentkit/core';
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
    .description('Train, look at and map variational autoencoders.')
    .version(version)
    .addHelpText('after', exampleHelp(programName(), ['train --epochs 4', 'summary --recipe keras-conv']));
  const commands = [trainCommand(), projectCommand(), summaryCommand(), datasetsCommand()];
  for (const command of commands) program.addCommand(command);
  program.addCommand(movedBench(), { hidden: true });
  return program;
}

/** For those who knew it here. */
function movedBench(): Command {
  return new Command('bench')
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action(() => {
      throw new LatentkitError('E_USAGE', 'the benchmark belongs to the repository', {
        fix: 'In a clone of it: npx -y pnpm@12 bench',
      });
    });
}
