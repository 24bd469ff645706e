import type { Points } from '../points.ts';
import { requireK } from './require-k.ts';
import { requireMap } from './require-map.ts';
import { createSpace, type Space } from './space.ts';

/** How neighbours are looked at. */
export interface NeighborOptions {
  k?: number;
  /** Of the data; distances in the map are euclidean. */
  metric?: 'euclidean' | 'cosine';
}

/** The data and its map, checked and ready to be asked for the neighbours of `k`, which must be below `limit`. */
export async function openSpaces(
  where: string,
  [points, embedding]: readonly [data: Points, map: Points],
  { k, metric = 'euclidean' }: NeighborOptions & { k: number },
  limit: readonly [most: number, said: string],
): Promise<{ data: Space; map: Space }> {
  requireMap(points, embedding, where);
  requireK(k, ...limit, where);
  const map = await createSpace(embedding, { k, where });
  return { data: await createSpace(points, { k, metric, where }), map };
}
