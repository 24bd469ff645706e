import { LatentkitError } from '@latentkit/core';
import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import { COMMANDS, type CommandRow } from './commands.ts';
import { programName } from './program-name.ts';
import { programVersion } from './program-version.ts';

/**
 * The command line, ready to parse `args`: with the options of the commands that are named among them, as all of them would
 * make everybody wait; with those of all by default.
 */
export async function createProgram(args?: readonly string[]): Promise<Command> {
  const program = new Command('latentkit')
    .description('Train, look at and map variational autoencoders.')
    .version(programVersion())
    .addHelpText('after', exampleHelp(programName(), ['train --epochs 4', 'summary --recipe keras-conv']));
  for (const row of COMMANDS) program.addCommand(await commandOf(row, args));
  program.addCommand(movedBench(), { hidden: true });
  return program;
}

async function commandOf({ name, summary, load }: CommandRow, args?: readonly string[]): Promise<Command> {
  const command = !args || args.includes(name) ? await load() : new Command(name);
  return command.summary(summary);
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
