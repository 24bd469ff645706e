import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { benchCommand } from './commands/bench.ts';
import { datasetsCommand } from './commands/datasets.ts';
import { projectCommand } from './commands/project.ts';
import { summaryCommand } from './commands/summary.ts';
import { trainCommand } from './commands/train.ts';
import { exampleHelp } from './example-help.ts';
import { usageLine } from './output/usage-line.ts';
import { programName } from './program-name.ts';

/** The command line, ready to parse. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('latentkit')
    .description('Train, inspect and compare variational autoencoders.')
    .version(version)
    .addHelpText('after', exampleHelp(['train', 'summary --recipe keras-conv']));
  const commands = [trainCommand(), projectCommand(), summaryCommand(), datasetsCommand(), benchCommand()];
  for (const command of commands) program.addCommand(command);
  reportOurWay(program, programName());
  return program;
}

/** Errors are thrown, not exited on, and told in one line. */
function reportOurWay(command: Command, path: string): void {
  command.exitOverride().configureOutput({ outputError: (text, write) => write(usageLine(text, path)) });
  for (const child of command.commands) reportOurWay(child, `${path} ${child.name()}`);
}
