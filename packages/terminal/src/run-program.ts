import { LatentkitError } from '@latentkit/core';
import type { Command } from 'commander';
import { reportFailure } from './report-failure.ts';
import { usageLine } from './usage-line.ts';

/**
 * Parses this process's command line and runs it; how it went is the process's exit code.
 *
 * @param name what to type for the program, as errors say it.
 */
export async function runProgram(program: Command, name: string): Promise<void> {
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
  await runArguments(program, name, process.argv.slice(2));
}

/** As {@link runProgram}, of given arguments, in a process that has more to do (a test) and listens to its streams itself. */
export async function runArguments(program: Command, name: string, args: readonly string[]): Promise<void> {
  reportOurWay(program, name);
  program.hook('preAction', (_, command) => refuseEmpty(command));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error, { debug: args.includes('--debug') });
  }
}

/** Errors are thrown, not exited on, and told in one line. */
function reportOurWay(command: Command, path: string): void {
  command.exitOverride().configureOutput({ outputError: (text, write) => write(usageLine(text, path)) });
  for (const child of command.commands) reportOurWay(child, `${path} ${child.name()}`);
}

/** An empty text is a variable that a script has not set, and would be read as the working folder or as no file at all. */
function refuseEmpty(command: Command): void {
  const values = command.opts<Record<string, unknown>>();
  const options = command.options.filter((option) => values[option.attributeName()] === '');
  const given = command.registeredArguments.filter((_, i) => [command.processedArgs[i]].flat().includes(''));
  const [empty] = [...options.map(({ flags }) => flags), ...given.map((argument) => argument.name())];
  if (empty === undefined) return;
  throw new LatentkitError('E_USAGE', `${command.name()}: ${empty} is empty`, {
    fix: 'Give it a value, or leave it out; a variable that is not set in a script comes as this',
  });
}
