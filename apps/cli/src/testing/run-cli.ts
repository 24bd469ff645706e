import { fileURLToPath } from 'node:url';
import { type ProgramOptions, type ProgramResult, spawnProgram } from '@latentkit/testing/node';

export { plainEnvironment, temporaryFolder } from '@latentkit/testing/node';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Spawns the built program, as a user would, and waits for its end. */
export function runCli(args: readonly string[], options?: ProgramOptions): Promise<ProgramResult> {
  return spawnProgram(MAIN, args, options);
}

/** NODE_OPTIONS that replace the program's `fetch` by the source of another, so that no test meets the network. */
export function withFetch(source: string): { NODE_OPTIONS: string } {
  const module = `setInterval(() => {}, 1000).unref(); globalThis.fetch = ${source};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}` };
}

/** Few enough images for a run to take about a second. */
export const TINY = ['--limit', '40', '--batch-size', '20', '--epochs', '2'];

/** Of a whole run whose figures nobody looks at: they take longer than all else. */
export const NO_FIGURES = ['--set', 'figures=[]'];
