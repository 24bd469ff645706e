import { stripVTControlCharacters } from 'node:util';
import { vi } from 'vitest';
import type { ProgramOptions, ProgramResult } from './spawn-program.ts';

/**
 * Runs a program in the test's own process, a tenth of the time of one of its own; one at a time, as it is the process's
 * folder, environment and streams. An interrupt comes at once, before the program goes on.
 *
 * @param run leaves the exit code in `process.exitCode`.
 */
export async function runInProcess(
  run: () => Promise<void>,
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
    await run();
    return { code: Number(process.exitCode ?? 0), ...texts };
  } finally {
    process.chdir(home);
    process.exitCode = exitCode;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
