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
  const node = (script: URL, ...args: string[]): EngineCommand => ({
    command: process.execPath,
    args: [fileURLToPath(script), workload, ...args],
  });
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const commands: Record<ProjectionEngine, EngineCommand> = {
    latentkit: node(OURS),
    'scikit-learn': { command: python, args: [SCIKIT_LEARN, workload], env: one },
    'umap-js': node(PEERS, 'umap-js'),
    'tsne-js': node(PEERS, 'tsne-js'),
  };
  return PROJECTION_ENGINES.map((engine) => ({ engine, command: commands[engine] }));
}

const OURS = new URL('../engines/projections.js', import.meta.url);
const PEERS = new URL('../engines/projection-peers.js', import.meta.url);
/** From `src` and from `dist` alike: the file stays where it is written. */
const SCIKIT_LEARN = fileURLToPath(new URL('../../src/engines/scikit_learn.py', import.meta.url));
