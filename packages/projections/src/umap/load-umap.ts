import { LatentkitError } from '@latentkit/core';
import type { Points } from '../points.ts';
import type { Projection, ProjectionProgress, SavedProjection } from '../projection.ts';
import { asProjection } from '../run-projection.ts';
import { requireSaved, savedNumbers } from '../saved-numbers.ts';
import { createMapTools, type MapSettings, saveMap, transformPoints } from './fitted-map.ts';

/**
 * A finished map as `save()` of one of `createUmap` gave it: the same places, and new points placed to the same bits.
 *
 * @throws `E_FORMAT` for what is none.
 * @example
 * const umap = await loadUmap(saved);
 * umap.transform({ data, count, dimensions });
 */
export async function loadUmap(saved: SavedProjection): Promise<Projection> {
  requireSaved(saved, 'loadUmap');
  const settings = settingsOf(saved);
  const { points, places } = arraysOf(saved, settings.components);
  const tools = await createMapTools(points, settings);
  const { components, epochs, warnings } = settings;
  const progress: ProjectionProgress = { stage: 'done', step: epochs, steps: epochs, fraction: 1 };
  return asProjection({
    ...{ method: 'umap', count: points.count, components, progress, warnings },
    get embedding() {
      return places.slice();
    },
    step() {},
    transform: (added) => transformPoints(tools, points, places, settings, added),
    save: () => saveMap(points, places, settings),
  });
}

const NUMBERS = [
  ...['components', 'neighbors', 'localConnectivity', 'minDist', 'spread', 'a', 'b', 'epochs'],
  ...['learningRate', 'negativeSamples', 'repulsion', 'seed', 'memoryBudget'],
];

function settingsOf({ method, version, settings }: SavedProjection): MapSettings {
  if (method !== 'umap' || version !== 1) {
    throw new LatentkitError(
      'E_FORMAT',
      `loadUmap: expected method 'umap', version 1, got '${method}', ${version}`,
    );
  }
  const bad = NUMBERS.find((name) => !Number.isFinite(settings[name]));
  if (bad) throw new LatentkitError('E_FORMAT', `loadUmap: ${bad} must be a number, got ${settings[bad]}`);
  const { metric, warnings } = settings;
  if ((metric !== 'euclidean' && metric !== 'cosine') || !Array.isArray(warnings)) {
    throw new LatentkitError('E_FORMAT', `loadUmap: metric or warnings are missing`);
  }
  return settings as unknown as MapSettings;
}

function arraysOf(saved: SavedProjection, components: number): { points: Points; places: Float32Array } {
  const [count = 0, dimensions = 0] = saved.arrays?.points?.shape ?? [];
  if (!(count >= 1 && dimensions >= 1)) {
    throw new LatentkitError('E_FORMAT', `loadUmap: expected points of [count, dimensions], got none`);
  }
  const numbers = (name: string, length: number) =>
    savedNumbers(saved, name, Float32Array, length, 'loadUmap');
  return {
    points: { data: numbers('points', count * dimensions), count, dimensions },
    places: numbers('embedding', count * components),
  };
}
