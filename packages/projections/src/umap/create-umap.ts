import { LatentkitError } from '@latentkit/core';
import { createNeighborSearch } from '../neighbors/neighbor-search.ts';
import { noteEqualPoints, type Points, requirePoints } from '../points.ts';
import type { Projection } from '../projection.ts';
import { asProjection } from '../run-projection.ts';
import { createMapTools } from './fitted-map.ts';
import { preparePca } from './initialize.ts';
import { resolveOptions } from './resolve-options.ts';
import { startUmap } from './start-umap.ts';
import type { UmapOptions, UmapSettings } from './umap-options.ts';

/**
 * A map of points by UMAP: places whose likeness `1 / (1 + a d^2b)` is near the fuzzy graph of the points' neighbours.
 *
 * Seeded and deterministic: the same points, options and seed give the same bits on every engine. The points are not copied:
 * leave them as they are while the projection is in use.
 *
 * @param points `[count, dimensions]`.
 * @returns a projection at its beginning: `run()` gives `[count, components]`.
 * @throws `E_SHAPE`, `E_NOT_FINITE` for points or labels that are none; `E_RANGE`, `E_UNKNOWN_NAME` for options;
 * `E_LIMIT` when `memoryBudget` does not suffice.
 * @example
 * const umap = await createUmap({ data, count, dimensions }, { neighbors: 15, seed: 1 });
 * const embedding = await umap.run();
 * @see McInnes, Healy, Melville: "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction" (2018),
 * arXiv:1802.03426
 */
export async function createUmap(points: Points, options: UmapOptions = {}): Promise<Projection> {
  requirePoints(points, 'createUmap');
  const settings = resolveOptions(points.count, options);
  const warnings = noteEqualPoints(points);
  if (settings.neighbors > points.count) {
    warnings.push(
      `neighbors: ${settings.neighbors} (a point counts itself) exceed the ${points.count} points, and were lowered to that`,
    );
    settings.neighbors = points.count;
  }
  const k = settings.neighbors - 1;
  const own = ownBytes(points, settings);
  if (own > settings.memoryBudget) {
    throw new LatentkitError(
      'E_LIMIT',
      `createUmap: ${own} bytes and a search of neighbours exceed the memoryBudget of ${settings.memoryBudget}`,
      { fix: 'Take fewer points or neighbors, or raise memoryBudget' },
    );
  }
  const { metric, seed, memoryBudget } = settings;
  const searching = { k, metric, seed, memoryBudget: Math.max(1, memoryBudget - own) };
  const search = k > 0 ? await createNeighborSearch(points, searching) : undefined;
  const pca = await preparePca(points, settings);
  warnings.push(...(pca?.warnings ?? []).filter((warning) => !warnings.includes(warning)));
  const tools = await createMapTools(points, settings);
  return asProjection(startUmap({ points, settings, search, pca, tools, warnings }));
}

/** Bytes for all but the search: graphs, eigenvectors, edges, places; rounded up. */
function ownBytes({ count }: Points, { neighbors, components }: UmapSettings): number {
  const [directed, united, edges] = [12 + 16, 2 * (16 + 8), 2 * 16];
  const basis = 8 * Math.max(25, 5 * components + 1);
  return 2 ** 17 + count * (neighbors * (directed + united + edges) + basis + 40 + 24 * components);
}
