import { fileURLToPath } from 'node:url';
import { defaultPython } from '../engine-catalog.ts';
import type { EngineCommand } from '../engine-process.ts';

export const PROJECTION_ENGINES = ['latentkit', 'scikit-learn', 'umap-js', 'tsne-js'] as const;

export type ProjectionEngine = (typeof PROJECTION_ENGINES)[number];

/** The processes that make maps; all on one thread. */
export function projectionEngines(
  workload: string,
  python = defaultPython(),
): { engine: ProjectionEngine; command: EngineCommand }[] {
  const node = (script: string, ...args: string[]): EngineCommand => ({
    command: process.execPath,
    args: [fileURLToPath(new URL(`../engines/${script}.js`, import.meta.url)), workload, ...args],
  });
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const commands: Record<ProjectionEngine, EngineCommand> = {
    latentkit: node('projections'),
    'scikit-learn': { command: python, args: [SCIKIT_LEARN, workload], env: one },
    'umap-js': node('projection-peers', 'umap-js'),
    'tsne-js': node('projection-peers', 'tsne-js'),
  };
  return PROJECTION_ENGINES.map((engine) => ({ engine, command: commands[engine] }));
}

/** From `src` and from `dist` alike: the file is published where it is written. */
const SCIKIT_LEARN = fileURLToPath(new URL('../../../src/bench/engines/scikit_learn.py', import.meta.url));
