import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ProgramOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Sends a signal as soon as the output holds a text. */
  interrupt?: { when: string; signal?: NodeJS.Signals };
  /** Closes our end of stdout after its first chunk, as `| head -1` does. */
  closeStdout?: boolean;
  /** A file that stdout goes to; the result has none then. */
  stdout?: string;
}

/** Spawns a program of Node, as a user would, and waits for its end. */
export function spawnProgram(
  main: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const { cwd, env, interrupt, closeStdout, stdout } = options;
  const file = stdout === undefined ? undefined : openSync(stdout, 'w');
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
  });
  if (file !== undefined) closeSync(file);
  const texts = { stdout: '', stderr: '' };
  let interrupted = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
      if (name === 'stdout' && closeStdout) child.stdout?.destroy();
      if (interrupt && !interrupted && texts[name].includes(interrupt.when)) {
        interrupted = true;
        child.kill(interrupt.signal ?? 'SIGINT');
      }
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
  });
}

/** What Node has compiled of the programs, which each of them else compiles anew: a sixth of the time of a short one. */
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/latentkit-compiled', import.meta.url));

/** Without what would change the output: CI, colours, a package manager's name, the reader's cache. */
export function plainEnvironment(): Record<string, string | undefined> {
  const { CI, NO_COLOR, FORCE_COLOR, NODE_OPTIONS, npm_lifecycle_event, VITEST, ...others } = process.env;
  return {
    ...others,
    LATENTKIT_CACHE: join(tmpdir(), 'latentkit-cli-tests-no-cache'),
    NODE_COMPILE_CACHE: COMPILED,
  };
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
