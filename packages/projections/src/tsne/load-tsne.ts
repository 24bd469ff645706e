import { LatentkitError } from '@latentkit/core';
import { enableRevectorization } from '@latentkit/kernels/nn';
import type { Projection, SavedProjection } from '../projection.ts';
import { requireSaved } from '../saved-numbers.ts';
import { preparePlacing } from './place-new-points.ts';
import type { TsneSettings } from './tsne-parts.ts';
import { tsneProjection } from './tsne-projection.ts';

/**
 * An equal of the projection that was saved, which transforms to the same bits.
 *
 * @throws `E_FORMAT` for what is not a saved t-SNE.
 * @example
 * const again = await loadTsne(tsne.save());
 * again.transform(points);
 */
export async function loadTsne(saved: SavedProjection): Promise<Projection> {
  requireSaved(saved, 'loadTsne');
  const { step, objective, ...settings } = settingsIn(saved);
  const { count, dimensions } = settings;
  const points = { data: numbersOf(saved, 'points', count * dimensions), count, dimensions };
  const places = numbersOf(saved, 'embedding', 2 * count);
  enableRevectorization();
  const placeNewPoints = await preparePlacing(points, { ...settings, memoryBudget: 2 ** 31 });
  const finished = { step, places, ...(objective === undefined ? {} : { objective }) };
  return tsneProjection(points, settings, finished, placeNewPoints);
}

type SavedSettings = TsneSettings & { step: number; objective?: number };

function settingsIn({ method, version, settings }: SavedProjection): SavedSettings {
  const { count, dimensions, k, perplexity, theta, metric, step, warnings } = (settings ??
    {}) as Partial<SavedSettings>;
  const isWhole = (value: unknown, least: number) =>
    Number.isSafeInteger(value) && (value as number) >= least;
  const isNumber = (value: unknown) => typeof value === 'number' && value >= 0;
  if (
    method === 'tsne' &&
    version === 1 &&
    isWhole(count, 1) &&
    isWhole(dimensions, 1) &&
    isWhole(step, 0) &&
    isWhole(k, 0) &&
    k! < count! &&
    isNumber(perplexity) &&
    isNumber(theta) &&
    (metric === 'euclidean' || metric === 'cosine') &&
    Array.isArray(warnings)
  ) {
    return settings as unknown as SavedSettings;
  }
  throw new LatentkitError(
    'E_FORMAT',
    `loadTsne: expected what a t-SNE's save() gave, got method '${method}', version ${version}, settings ${JSON.stringify(settings)}`,
  );
}

/** A copy of an array of the file. */
function numbersOf({ arrays }: SavedProjection, name: string, length: number): Float32Array {
  const data = arrays?.[name]?.data;
  if (!(data instanceof Float32Array) || data.length !== length || !data.every(Number.isFinite)) {
    throw new LatentkitError(
      'E_FORMAT',
      `loadTsne: expected ${length} finite float32 numbers as '${name}', got ${data?.length ?? 'none'}`,
    );
  }
  return data.slice();
}
