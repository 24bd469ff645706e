export type { Points } from './points.ts';
export type {
  Projection,
  ProjectionAlgorithm,
  ProjectionProgress,
  RunOptions,
  SavedProjection,
} from './projection.ts';
export { createUmap } from './umap/create-umap.ts';
export { loadUmap } from './umap/load-umap.ts';
export type { UmapOptions } from './umap/umap-options.ts';
