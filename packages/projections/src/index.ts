export type { Points } from './points.ts';
export type {
  Projection,
  ProjectionAlgorithm,
  ProjectionProgress,
  RunOptions,
  SavedProjection,
} from './projection.ts';
