export { createProjection, loadProjection } from './create-projection.ts';
export { createTsneJs } from './engines/tsne-js/create-tsne-js.ts';
export { loadTsneJs } from './engines/tsne-js/finished-tsne-js.ts';
export type { TsneJsOptions } from './engines/tsne-js/tsne-js-options.ts';
export { createUmapJs } from './engines/umap-js/create-umap-js.ts';
export { loadUmapJs } from './engines/umap-js/load-umap-js.ts';
export type { UmapJsOptions } from './engines/umap-js/umap-js-options.ts';
export type { NeighborGraph } from './neighbors/neighbor-graph.ts';
export {
  createNeighborSearch,
  type NeighborSearch,
  type NeighborSearchOptions,
} from './neighbors/neighbor-search.ts';
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
export { distanceCorrelation } from './quality/distance-correlation.ts';
export { labelAccuracy } from './quality/label-accuracy.ts';
export { measureQuality, type Quality, type QualityOptions } from './quality/measure-quality.ts';
export { neighborRecall } from './quality/neighbor-recall.ts';
export { tripletAccuracy } from './quality/triplet-accuracy.ts';
export { continuity, trustworthiness } from './quality/trustworthiness.ts';
export { createTsne } from './tsne/create-tsne.ts';
export { loadTsne } from './tsne/load-tsne.ts';
export type { TsneOptions } from './tsne/tsne-options.ts';
export { createUmap } from './umap/create-umap.ts';
export { loadUmap } from './umap/load-umap.ts';
export type { UmapOptions } from './umap/umap-options.ts';
export { projectInWorker, type WorkerOptions, type WorkerProjection } from './worker/project-in-worker.ts';
export { type StartOptions, startProjection } from './worker/start-projection.ts';
