import type { Points } from '../points.ts';

/** Ranks of others by distance from each point, of all points: `ranks[i][j]` is 1 + the number nearer, ties by index. */
export function naiveRanks({ data, count, dimensions }: Points): number[][] {
  const squared = (i: number, j: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (data[i * dimensions + d]! - data[j * dimensions + d]!) ** 2;
    return sum;
  };
  return Array.from({ length: count }, (_, i) => {
    const order = Array.from({ length: count }, (_, j) => ({ j, distance: squared(i, j) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j);
    const ranks = new Array<number>(count).fill(0);
    order.forEach(({ j }, place) => {
      ranks[j] = place + 1;
    });
    return ranks;
  });
}
