export { createProjection, loadProjection } from './create-projection.ts';
export { createPca } from './pca/create-pca.ts';
export { loadPca } from './pca/load-pca.ts';
export type { PcaModel } from './pca/pca-model.ts';
export type { PcaOptions, PcaProjection } from './pca/pca-options.ts';
export { principalComponents } from './pca/principal-components.ts';
export type { Points } from './points.ts';
export type {
  Projection,
  ProjectionAlgorithm,
  ProjectionProgress,
  RunOptions,
  SavedProjection,
} from './projection.ts';
export type { ProjectionMethod, ProjectionOptions } from './projection-methods.ts';
export { createTsne } from './tsne/create-tsne.ts';
export { loadTsne } from './tsne/load-tsne.ts';
export type { TsneOptions } from './tsne/tsne-options.ts';
export { projectInWorker, type WorkerOptions, type WorkerProjection } from './worker/project-in-worker.ts';
