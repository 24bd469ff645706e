import { fileURLToPath } from 'node:url';
import { pythonScript, threadCounts } from '../engine-catalog.ts';
import type { EngineCommand } from '../engine-process.ts';
import type { PythonNeeds } from '../find-python.ts';

export const PROJECTION_ENGINES = [
  ...(['latentkit', 'scikit-learn', 'openTSNE', 'umap-learn', 'umap-js', 'tsne-js'] as const),
] as const;

export type ProjectionEngine = (typeof PROJECTION_ENGINES)[number];

/** What those in Python need. */
export const PROJECTION_NEEDS: Readonly<Partial<Record<ProjectionEngine, PythonNeeds>>> = {
  'scikit-learn': { modules: ['sklearn'], packages: 'scikit-learn' },
  openTSNE: { modules: ['openTSNE'], packages: 'openTSNE' },
  'umap-learn': { modules: ['umap'], packages: 'umap-learn' },
};

/** The processes that make maps, all on one thread; those in Python where an interpreter has them. */
export function projectionEngines(
  workload: string,
  pythons: ReadonlyMap<ProjectionEngine, string>,
): { engine: ProjectionEngine; command: EngineCommand }[] {
  const node = (script: URL, ...args: string[]): EngineCommand => ({
    command: process.execPath,
    args: [fileURLToPath(script), workload, ...args],
  });
  const python = (engine: ProjectionEngine): EngineCommand | undefined => {
    const command = pythons.get(engine);
    const args = [pythonScript('python_maps.py'), workload, engine, '1'];
    return command === undefined
      ? undefined
      : { command, args, env: { ...threadCounts(1), NUMBA_NUM_THREADS: '1' } };
  };
  const commands: Record<ProjectionEngine, EngineCommand | undefined> = {
    latentkit: node(OURS),
    'scikit-learn': python('scikit-learn'),
    openTSNE: python('openTSNE'),
    'umap-learn': python('umap-learn'),
    'umap-js': node(PEERS, 'umap-js'),
    'tsne-js': node(PEERS, 'tsne-js'),
  };
  return PROJECTION_ENGINES.flatMap((engine) => {
    const command = commands[engine];
    return command ? [{ engine, command }] : [];
  });
}

const OURS = new URL('../engines/projections.js', import.meta.url);
const PEERS = new URL('../engines/projection-peers.js', import.meta.url);
