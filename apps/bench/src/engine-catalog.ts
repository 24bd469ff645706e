import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { didYouMean, LatentkitError } from '@latentkit/core';
import type { EngineCommand } from './engine-process.ts';

/** A process that measures, and under which name its rows go. */
export interface EngineSpec extends EngineCommand {
  readonly engine: EngineName;
  /** For a reader, where one name has several processes. */
  readonly title: string;
}

export const ENGINE_NAMES = ['latentkit', 'pytorch', 'tfjs-wasm', 'tfjs-cpu', 'jax-js'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** Of these, only the best process makes a row. */
export const BEST_OF: ReadonlySet<EngineName> = new Set(['pytorch']);

/**
 * Engines from a list of their names: `latentkit,pytorch`.
 *
 * @throws `E_UNKNOWN_NAME` with the nearest name there is.
 */
export function parseEngineNames(list: string): EngineName[] {
  return list.split(',').map((text) => {
    const name = text.trim();
    const found = ENGINE_NAMES.find((known) => known === name);
    if (found) return found;
    throw new LatentkitError('E_UNKNOWN_NAME', `bench: there is no engine '${name}'`, {
      fix: didYouMean(name, [...ENGINE_NAMES]),
    });
  });
}

export interface EngineOptions {
  workloadPath: string;
  /** Threads of those that can have several, beside one. */
  workers: number;
  /** The interpreter that has torch. */
  python?: string;
}

/** The processes of some engines: Latentkit and PyTorch once with one thread and once with all. */
export function listEngines(
  names: readonly EngineName[],
  { workloadPath, workers, python = defaultPython() }: EngineOptions,
): EngineSpec[] {
  const node = (script: URL, ...args: string[]): EngineCommand => ({
    command: process.execPath,
    args: [fileURLToPath(script), workloadPath, ...args],
  });
  const threads = workers > 1 ? [1, workers] : [1];
  const commands: Record<EngineName, () => Omit<EngineSpec, 'engine'>[]> = {
    latentkit: () =>
      threads.map((count) => ({
        title: withCount('latentkit', count, 'worker'),
        ...node(SCRIPTS.latentkit, `${count}`),
      })),
    pytorch: () =>
      threads.map((count) => ({
        title: withCount('pytorch', count, 'thread'),
        command: python,
        args: [PYTORCH, workloadPath],
        env: {
          OMP_NUM_THREADS: `${count}`,
          OPENBLAS_NUM_THREADS: `${count}`,
          MKL_NUM_THREADS: `${count}`,
          OMP_WAIT_POLICY: 'passive', // threads that spin would slow the other engines down
        },
      })),
    'tfjs-wasm': () => [{ title: 'tfjs-wasm', ...node(SCRIPTS.tfjs, 'wasm') }],
    'tfjs-cpu': () => [{ title: 'tfjs-cpu', ...node(SCRIPTS.tfjs, 'cpu') }],
    'jax-js': () => [{ title: 'jax-js', ...node(SCRIPTS.jax) }],
  };
  return ENGINE_NAMES.filter((name) => names.includes(name)).flatMap((engine) =>
    commands[engine]().map((command) => ({ engine, ...command })),
  );
}

const SCRIPTS = {
  latentkit: new URL('./engines/latentkit.js', import.meta.url),
  tfjs: new URL('./engines/tfjs.js', import.meta.url),
  jax: new URL('./engines/jax.js', import.meta.url),
};

/** From `src` and from `dist` alike: the file stays where it is written. */
const PYTORCH = fileURLToPath(new URL('../src/engines/pytorch.py', import.meta.url));
const DEBIAN_PYTHON = '/usr/bin/python3'; // the one that Debian's python3-torch belongs to

/** The interpreter of Debian's packages, if it is there. */
export function defaultPython(): string {
  return existsSync(DEBIAN_PYTHON) ? DEBIAN_PYTHON : 'python3';
}

function withCount(name: string, count: number, noun: string): string {
  return `${name} (${count} ${noun}${count === 1 ? '' : 's'})`;
}
