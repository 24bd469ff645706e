import { fileURLToPath } from 'node:url';
import { didYouMean, LatentkitError } from '@latentkit/core';
import type { EngineCommand } from './engine-process.ts';
import type { PythonNeeds } from './find-python.ts';

/** A process that measures, and under which name its rows go. */
export interface EngineSpec extends EngineCommand {
  readonly engine: EngineName;
  /** For a reader, where one name has several processes. */
  readonly title: string;
}

export const ENGINE_NAMES = [
  'latentkit',
  'pytorch',
  'jax',
  'keras',
  'tfjs-wasm',
  'tfjs-cpu',
  'tfjs-webgl',
  'jax-js',
] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

interface PythonEngine extends PythonNeeds {
  readonly script: string;
  /** Ways of computing, each in a process of its own; the fastest makes the row. */
  readonly variants: readonly string[];
}

type PythonEngineName = 'pytorch' | 'jax' | 'keras';

const PYTHON_ENGINES: Readonly<Record<PythonEngineName, PythonEngine>> = {
  pytorch: {
    script: 'pytorch.py',
    variants: ['eager', 'compile'],
    modules: ['torch', 'numpy'],
    packages: 'torch numpy',
  },
  jax: { script: 'jax_jit.py', variants: ['jit'], modules: ['jax', 'numpy'], packages: 'jax' },
  keras: {
    script: 'keras_tensorflow.py',
    variants: ['graph', 'xla'],
    modules: ['keras', 'tensorflow'],
    packages: 'keras tensorflow-cpu',
  },
};

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

/** What those of some engines need that are written in Python. */
export function pythonNeeds(names: readonly EngineName[]): Partial<Record<EngineName, PythonNeeds>> {
  return Object.fromEntries(
    Object.entries(PYTHON_ENGINES).filter(([name]) => names.includes(name as EngineName)),
  );
}

export interface EngineOptions {
  workloadPath: string;
  /** Numbers of threads: a process each of those engines that can have several. */
  workers: readonly number[];
  /** Interpreters of the engines in Python; without one an engine has no process. */
  pythons: ReadonlyMap<EngineName, string>;
}

/** The processes of some engines. */
export function listEngines(
  names: readonly EngineName[],
  { workloadPath, workers, pythons }: EngineOptions,
): EngineSpec[] {
  const node = (script: URL, ...args: string[]): EngineCommand => ({
    command: process.execPath,
    args: [fileURLToPath(script), workloadPath, ...args],
  });
  const python = (name: PythonEngineName) => () => {
    const { script, variants } = PYTHON_ENGINES[name];
    const command = pythons.get(name);
    if (command === undefined) return [];
    return workers.flatMap((count) =>
      variants.map((variant) => ({
        title: withCount(variants.length > 1 ? `${name} ${variant}` : name, count, 'thread'),
        command,
        args: [pythonScript(script), workloadPath, variant, `${count}`],
        env: { ...threadCounts(count), ...KEPT_MEMORY },
      })),
    );
  };
  const commands: Record<EngineName, () => Omit<EngineSpec, 'engine'>[]> = {
    latentkit: () =>
      ['strict', 'fused'].flatMap((arithmetic) =>
        workers.map((count) => ({
          title: withCount(`latentkit ${arithmetic}`, count, 'worker'),
          ...node(SCRIPTS.latentkit, `${count}`, arithmetic),
        })),
      ),
    pytorch: python('pytorch'),
    jax: python('jax'),
    keras: python('keras'),
    'tfjs-wasm': () => [{ title: 'tfjs-wasm', ...node(SCRIPTS.tfjs, 'wasm') }],
    'tfjs-cpu': () => [{ title: 'tfjs-cpu', ...node(SCRIPTS.tfjs, 'cpu') }],
    'tfjs-webgl': () => [], // of pages alone
    'jax-js': () => [{ title: 'jax-js', ...node(SCRIPTS.jaxJs) }],
  };
  return ENGINE_NAMES.filter((name) => names.includes(name)).flatMap((engine) =>
    commands[engine]().map((command) => ({ engine, ...command })),
  );
}

const SCRIPTS = {
  latentkit: new URL('./engines/latentkit.js', import.meta.url),
  tfjs: new URL('./engines/tfjs.js', import.meta.url),
  jaxJs: new URL('./engines/jax-js.js', import.meta.url),
};

/** From `src` and from `dist` alike: the file stays where it is written. */
export function pythonScript(name: string): string {
  return fileURLToPath(new URL(`../src/engines/${name}`, import.meta.url));
}

/** What OpenMP and the libraries of matrix products read. */
export function threadCounts(count: number): Record<string, string> {
  return {
    OMP_NUM_THREADS: `${count}`,
    OPENBLAS_NUM_THREADS: `${count}`,
    MKL_NUM_THREADS: `${count}`,
  };
}

/** Memory that glibc's allocator gives back at every operation would have to be mapped and zeroed anew by the next. */
const KEPT_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: `${32 * 2 ** 20}`, // the most that it takes
  MALLOC_TRIM_THRESHOLD_: `${4 * 2 ** 30}`,
  MALLOC_TOP_PAD_: `${64 * 2 ** 20}`,
};

function withCount(name: string, count: number, noun: string): string {
  return `${name} (${count} ${noun}${count === 1 ? '' : 's'})`;
}
