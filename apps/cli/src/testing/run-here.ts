import { stripVTControlCharacters } from 'node:util';
import { runArguments } from '@latentkit/terminal';
import type { ProgramOptions, ProgramResult } from '@latentkit/testing/node';
import { vi } from 'vitest';
import { createProgram } from '../program.ts';
import { programName } from '../program-name.ts';

/**
 * Runs the program in the test's own process, a tenth of the time of one of its own; one at a time, as it is the process's
 * folder, environment and streams. An interrupt comes at once, before the program goes on.
 */
export async function runHere(
  args: readonly string[],
  { cwd, env = {}, interrupt }: Pick<ProgramOptions, 'cwd' | 'env' | 'interrupt'> = {},
): Promise<ProgramResult> {
  const texts = { stdout: '', stderr: '' };
  let interrupted = false;
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      texts[name] += stripVTControlCharacters(String(chunk));
      if (interrupt && !interrupted && texts[name].includes(interrupt.when)) {
        interrupted = true;
        const { signal = 'SIGINT' } = interrupt;
        process.emit(signal, signal);
      }
      return true;
    }),
  );
  const [home, exitCode] = [process.cwd(), process.exitCode];
  process.exitCode = undefined;
  vi.stubEnv('npm_lifecycle_event', undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  if (cwd !== undefined) process.chdir(cwd);
  try {
    await runArguments(createProgram(), programName(), args);
    return { code: Number(process.exitCode ?? 0), ...texts };
  } finally {
    process.chdir(home);
    process.exitCode = exitCode;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** The rows of an output of NDJSON. */
export function jsonRows(text: string) {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}
