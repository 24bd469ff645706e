export { alignMap } from './align-map.ts';
export { createProjection, loadProjection } from './create-projection.ts';
export { narrowPoints, type WidePoints } from './narrow-points.ts';
export type { NeighborGraph } from './neighbors/neighbor-graph.ts';
export {
  createNeighborSearch,
  type NeighborSearch,
  type NeighborSearchOptions,
} from './neighbors/neighbor-search.ts';
export {
  chooseMethods,
  type MadeBy,
  type OptionsOf,
  OWN_METHODS,
  type ProjectionMethod,
  type ProjectionOptions,
} from './own-methods.ts';
export { createPca } from './pca/create-pca.ts';
export { loadPca } from './pca/load-pca.ts';
export type { PcaModel } from './pca/pca-model.ts';
export type { PcaOptions, PcaProjection } from './pca/pca-options.ts';
export { principalComponents } from './pca/principal-components.ts';
export { symmetricEigenpairs } from './pca/symmetric-eigenpairs.ts';
export type { Points } from './points.ts';
export type {
  Projection,
  ProjectionAlgorithm,
  ProjectionProgress,
  RunOptions,
  SavedProjection,
} from './projection.ts';
export type { MethodRow, WorkerProgram } from './projection-method.ts';
export { distanceCorrelation } from './quality/distance-correlation.ts';
export { labelAccuracy } from './quality/label-accuracy.ts';
export { measureQuality, type Quality, type QualityOptions } from './quality/measure-quality.ts';
export { neighborRecall } from './quality/neighbor-recall.ts';
export { tripletAccuracy } from './quality/triplet-accuracy.ts';
export { continuity, trustworthiness } from './quality/trustworthiness.ts';
export { standardizePoints } from './standardize-points.ts';
export { createTsne } from './tsne/create-tsne.ts';
export { loadTsne } from './tsne/load-tsne.ts';
export type { TsneOptions } from './tsne/tsne-options.ts';
export { createUmap } from './umap/create-umap.ts';
export { loadUmap } from './umap/load-umap.ts';
export type { UmapOptions } from './umap/umap-options.ts';
export { projectInWorker, type WorkerOptions, type WorkerProjection } from './worker/project-in-worker.ts';
export { type StartOptions, startProjection } from './worker/start-projection.ts';
