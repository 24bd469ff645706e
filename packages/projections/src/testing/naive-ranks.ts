import type { Points } from '../points.ts';
import { naiveNeighbors } from './naive-neighbors.ts';

/** Ranks of others by distance from each point, of all points: `ranks[i][j]` is 1 + the number nearer, ties by index. */
export function naiveRanks(points: Points, metric: 'euclidean' | 'cosine' = 'euclidean'): number[][] {
  const { count } = points;
  const k = count - 1;
  const { indices } = naiveNeighbors(points, { k, metric });
  return Array.from({ length: count }, (_, i) => {
    const ranks = new Array<number>(count).fill(0);
    indices.subarray(i * k, (i + 1) * k).forEach((j, place) => {
      ranks[j] = place + 1;
    });
    return ranks;
  });
}
