import { above, atLeast, checkOptions, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { createNeighborSearch } from '../../neighbors/neighbor-search.ts';
import { noteEqualPoints, type Points } from '../../points.ts';
import type { Projection } from '../../projection.ts';
import { requireSize } from '../engine.ts';
import { importUmapJs } from './umap-js-model.ts';
import type { UmapJsOptions } from './umap-js-options.ts';
import { umapJsProjection } from './umap-js-projection.ts';

const RULES: OptionRules<UmapJsOptions> = {
  components: whole(1),
  neighbors: whole(2),
  minDist: above(0),
  spread: above(0),
  epochs: whole(1),
  learningRate: above(0),
  negativeSampleRate: whole(1),
  seed: seedRule,
  maxPoints: atLeast(1),
};

/**
 * Runs UMAP of the npm package umap-js 1.4.0, as it is, for comparison; its neighbours are ours, exact ones.
 *
 * Known of it, and left: it starts from random places rather than from a spectral layout; the neighbour of a new point
 * that is point 0 does not count. Worked around: a second fit on one instance would never return, nor would placing new
 * points unless the epochs are a multiple of 3; new points placed together would change each other's places. They are
 * placed one by one, which takes from 10 ms each, for some hundred points, to 0.2 s, for 20,000. Its arithmetic has `Math.pow` and
 * `Math.exp` in it: the same bits come again in the same engine of JavaScript only.
 *
 * A step is an epoch, and before it one that prepares, which blocks its thread for seconds: see `projectInWorker`.
 *
 * @throws `E_NOT_FOUND` where umap-js is not installed; `E_LIMIT` beyond `maxPoints`; `E_RANGE`; `E_SHAPE`; `E_NOT_FINITE`.
 * @example
 * const projection = await projectInWorker('umap-js', points, { neighbors: 20 });
 * const map = await projection.run();
 */
export async function createUmapJs(points: Points, options: UmapJsOptions = {}): Promise<Projection> {
  checkOptions('createUmapJs', options, RULES);
  const { components = 2, neighbors = 15, minDist = 0.1, spread = 1, epochs, learningRate = 1 } = options;
  const { negativeSampleRate = 5, seed = 0, maxPoints = 20_000 } = options;
  requireSize(points, { where: 'createUmapJs', fewest: 3, maxPoints });
  const { count } = points;
  const possible = Math.min(neighbors, count - 1);
  const divisible = epochs === undefined ? 0 : 3 * Math.ceil(epochs / 3);
  const warnings = [
    ...noteEqualPoints(points),
    ...(possible < neighbors
      ? [`neighbors lowered from ${neighbors} to ${possible} for ${count} points`]
      : []),
    ...(epochs !== undefined && divisible > epochs
      ? [`epochs raised from ${epochs} to ${divisible}, a multiple of 3`]
      : []),
  ];
  const parameters = {
    ...{ components, neighbors: possible, minDist, spread, epochs: divisible },
    ...{ learningRate, negativeSampleRate, seed },
  };
  const createModel = await importUmapJs();
  const own = { ...points, data: points.data.slice() };
  const search = await createNeighborSearch(own, { k: possible - 1 });
  return umapJsProjection({ points: own, parameters, warnings }, { createModel, search });
}
