export type { NeighborGraph } from './neighbors/neighbor-graph.ts';
export {
  createNeighborSearch,
  type NeighborSearch,
  type NeighborSearchOptions,
} from './neighbors/neighbor-search.ts';
export type { Points } from './points.ts';
export type {
  Projection,
  ProjectionAlgorithm,
  ProjectionProgress,
  RunOptions,
  SavedProjection,
} from './projection.ts';
export { continuity } from './quality/continuity.ts';
export { distanceCorrelation } from './quality/distance-correlation.ts';
export { labelAccuracy } from './quality/label-accuracy.ts';
export { measureQuality, type Quality, type QualityOptions } from './quality/measure-quality.ts';
export { neighborRecall } from './quality/neighbor-recall.ts';
export { tripletAccuracy } from './quality/triplet-accuracy.ts';
export { trustworthiness } from './quality/trustworthiness.ts';
export { createUmap } from './umap/create-umap.ts';
export { loadUmap } from './umap/load-umap.ts';
export type { UmapOptions } from './umap/umap-options.ts';
