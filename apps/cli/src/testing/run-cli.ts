import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunCliOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Sends a signal as soon as the output holds a text. */
  interrupt?: { when: string; signal?: NodeJS.Signals };
  /** Closes our end of stdout after its first chunk, as `| head -1` does. */
  closeStdout?: boolean;
  /** A file that stdout goes to; the result has none then. */
  stdout?: string;
}

/** Spawns the built program, as a user would, and waits for its end. */
export function runCli(args: readonly string[], options: RunCliOptions = {}): Promise<CliResult> {
  const { cwd, env, interrupt, closeStdout, stdout } = options;
  const file = stdout === undefined ? undefined : openSync(stdout, 'w');
  const child = spawn(process.execPath, [MAIN, ...args], {
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

/** Without what would change the output: CI, colours, a package manager's name, the reader's cache. */
export function plainEnvironment(): Record<string, string | undefined> {
  const { CI, NO_COLOR, FORCE_COLOR, NODE_OPTIONS, npm_lifecycle_event, VITEST, ...others } = process.env;
  return { ...others, LATENTKIT_CACHE: join(tmpdir(), 'latentkit-cli-tests-no-cache') };
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** NODE_OPTIONS that replace the program's `fetch` by the source of another, so that no test meets the network. */
export function withFetch(source: string): { NODE_OPTIONS: string } {
  const module = `setInterval(() => {}, 1000).unref(); globalThis.fetch = ${source};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}` };
}

/** Few enough images for a run to take about a second. */
export const TINY = ['--limit', '40', '--batch-size', '20', '--epochs', '2'];
