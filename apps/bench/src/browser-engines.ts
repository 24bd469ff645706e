import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineName, EngineSpec } from './engine-catalog.ts';
import { installedVersion } from './engines/installed-version.ts';

export interface BrowserEngineOptions {
  workloadPath: string;
  /** Where the page was built. */
  pageFolder: string;
  /** Numbers of our threads; several need an isolated page. */
  workers: readonly number[];
}

/** Those that a page can have; the others are left out. */
const IN_PAGES: readonly EngineName[] = ['latentkit', 'tfjs-wasm', 'tfjs-cpu', 'tfjs-webgl', 'jax-js'];

/** From `src` and from `dist` alike: the file stays where it is written. */
const ENGINE = fileURLToPath(new URL('../src/browser/engine.js', import.meta.url));

/** The processes of some engines in Chromium: on a plain page with one thread, on an isolated one with several. */
export function listBrowserEngines(
  names: readonly EngineName[],
  { workloadPath, pageFolder, workers }: BrowserEngineOptions,
): EngineSpec[] {
  const version = installedVersion('@jax-js/jax');
  const open = (engine: EngineName, count: number): EngineSpec => {
    const policy = count === 1 ? 'plain' : 'isolated';
    const title = `${engine} on a page, ${policy} (${count} thread${count === 1 ? '' : 's'})`;
    const args = [ENGINE, workloadPath, pageFolder, engine, `${count}`, policy, version];
    // Profiles of browsers lie with the workload, and are gone with it.
    return { engine, title, command: process.execPath, args, env: { TMPDIR: dirname(workloadPath) } };
  };
  const counts: Partial<Record<EngineName, readonly number[]>> = {
    latentkit: workers,
    'tfjs-wasm': [...new Set([1, Math.max(...workers)])], // it has as many threads as there are cores where it may
  };
  return IN_PAGES.filter((name) => names.includes(name)).flatMap((engine) =>
    (counts[engine] ?? [1]).map((count) => open(engine, count)),
  );
}
