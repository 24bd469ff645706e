import { LatentkitError } from '@latentkit/core';
import { createKernelMemory } from '@latentkit/kernels';
import { createUmapKernels, type UmapKernels } from '@latentkit/kernels/umap';
import { createNeighborFinder, type NeighborFinder } from '../neighbors/neighbor-finder.ts';
import { type Points, requirePoints } from '../points.ts';
import type { SavedProjection } from '../projection.ts';
import { type PlacingSettings, placeNewPoints } from './place-new-points.ts';
import type { UmapSettings } from './umap-options.ts';

/** What a finished map is known by: all that `transform` goes by is saved. */
export interface MapSettings
  extends PlacingSettings,
    Pick<UmapSettings, 'neighbors' | 'metric' | 'minDist' | 'spread' | 'memoryBudget'> {
  readonly warnings: readonly string[];
}

/** What placing new points runs on, made before it is needed: `transform` does not wait. */
export interface MapTools {
  readonly kernels: UmapKernels;
  readonly findNeighbors: NeighborFinder;
}

/** @throws `E_LIMIT` from the tools when they need more than `memoryBudget`. */
export async function createMapTools(
  points: Points,
  { neighbors, metric, memoryBudget }: Pick<MapSettings, 'neighbors' | 'metric' | 'memoryBudget'>,
): Promise<MapTools> {
  const maxBytes = Math.min(memoryBudget, 2 ** 32);
  const k = Math.max(1, neighbors - 1); // the point itself counts; one alone is the neighbour of new ones
  const findNeighbors = await createNeighborFinder(points, { k, metric, maxBytes });
  return { kernels: await createUmapKernels(createKernelMemory({ maxBytes })), findNeighbors };
}

/** Places new points on a map: see `ProjectionAlgorithm`. */
export function transformPoints(
  { kernels, findNeighbors }: MapTools,
  points: Points,
  places: Float32Array,
  settings: MapSettings,
  added: Points,
): Float32Array {
  requirePoints(added, 'transform');
  if (added.dimensions !== points.dimensions) {
    throw new LatentkitError(
      'E_SHAPE',
      `transform: expected points of ${points.dimensions} dimensions, got ${added.dimensions}`,
    );
  }
  return placeNewPoints(kernels, findNeighbors(added), places, settings);
}

/** A finished map for `loadUmap`: the points are in it, as their neighbours are looked for. */
export function saveMap(
  { data, count, dimensions }: Points,
  places: Float32Array,
  settings: MapSettings,
): SavedProjection {
  return {
    method: 'umap',
    version: 1,
    settings: { ...settings, warnings: [...settings.warnings] },
    arrays: {
      points: { shape: [count, dimensions], data: data.slice() },
      embedding: { shape: [count, settings.components], data: places.slice() },
    },
  };
}
