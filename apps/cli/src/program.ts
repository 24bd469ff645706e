import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { datasetsCommand } from './commands/datasets.ts';
import { summaryCommand } from './commands/summary.ts';
import { trainCommand } from './commands/train.ts';

/** The command line, ready to parse. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const program = new Command('latentkit')
    .description('Train, inspect and compare variational autoencoders.')
    .version(version)
    .addHelpText('after', HELP);
  for (const command of [trainCommand(), summaryCommand(), datasetsCommand()]) program.addCommand(command);
  throwInsteadOfExit(program);
  return program;
}

const HELP = `
Examples:
  latentkit train
  latentkit summary --recipe keras-conv`;

function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help lists what there is)');
  command.commands.forEach(throwInsteadOfExit);
}
