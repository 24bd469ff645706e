import { stripVTControlCharacters } from 'node:util';
import { runArguments } from '@latentkit/terminal';
import type { ProgramOptions, ProgramResult } from '@latentkit/testing/node';
import { vi } from 'vitest';
import { createProgram } from '../program.ts';

/** Runs the program in the test's own process, a tenth of the time of one of its own; one at a time, as it is the process's folder and streams. */
export async function runHere(
  args: readonly string[],
  { cwd }: Pick<ProgramOptions, 'cwd'> = {},
): Promise<ProgramResult> {
  const texts = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      texts[name] += stripVTControlCharacters(String(chunk));
      return true;
    }),
  );
  const [home, exitCode] = [process.cwd(), process.exitCode];
  process.exitCode = undefined;
  if (cwd !== undefined) process.chdir(cwd);
  try {
    await runArguments(createProgram(), 'latentkit', args);
    return { code: Number(process.exitCode ?? 0), ...texts };
  } finally {
    process.chdir(home);
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}

/** The rows of an output of NDJSON. */
export function jsonRows(text: string) {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}
