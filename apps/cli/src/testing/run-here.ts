import { runArguments } from '@latentkit/terminal';
import { type ProgramOptions, type ProgramResult, runInProcess } from '@latentkit/testing/node';
import { createProgram } from '../program.ts';
import { programName } from '../program-name.ts';

/** Runs the command line in the test's own process. */
export function runHere(args: readonly string[], options?: ProgramOptions): Promise<ProgramResult> {
  return runInProcess(async () => runArguments(await createProgram(args), programName(), args), options);
}

/** The rows of an output of NDJSON. */
export function jsonRows(text: string) {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}
