import type { Projection, SavedProjection } from '../../projection.ts';
import { savedNumbers } from '../../saved-numbers.ts';
import { requireSaved } from '../engine.ts';
import { importUmapJs, type UmapJsParameters } from './umap-js-model.ts';
import { umapJsProjection } from './umap-js-projection.ts';

const PARAMETERS = [
  ...(['components', 'neighbors', 'minDist', 'spread', 'epochs', 'learningRate'] as const),
  ...(['negativeSampleRate', 'seed'] as const),
];

interface Settings extends UmapJsParameters {
  readonly count: number;
  readonly dimensions: number;
  readonly warnings: readonly string[];
}

/**
 * An equal of the projection that was saved.
 *
 * @throws `E_FORMAT` for what is not a saved projection of umap-js; `E_NOT_FOUND` where that is not installed.
 */
export async function loadUmapJs(saved: SavedProjection): Promise<Projection> {
  const where = 'loadUmapJs';
  const settings = requireSaved<Settings>(saved, 'umap-js', ['count', 'dimensions', ...PARAMETERS], where);
  const { count, dimensions, warnings, ...parameters } = settings;
  const edges = count * parameters.neighbors;
  const points = {
    ...{ count, dimensions },
    data: savedNumbers(saved, 'points', Float32Array, count * dimensions, where),
  };
  const neighbors = {
    indices: savedNumbers(saved, 'neighbors', Int32Array, edges, where),
    distances: savedNumbers(saved, 'distances', Float32Array, edges, where),
  };
  const map = savedNumbers(saved, 'map', Float64Array, count * parameters.components, where);
  const createModel = await importUmapJs();
  const model = createModel(points, neighbors, parameters);
  model.setMap(map);
  return umapJsProjection({ points, parameters, warnings }, { neighbors, model });
}
