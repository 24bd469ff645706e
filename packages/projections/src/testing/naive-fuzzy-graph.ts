import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';

const BISECTIONS = 200;

/** Rho and sigma by bisection, for whole connectivities. */
function smooth(distances: readonly number[], connectivity: number): { rho: number; sigma: number } {
  const positive = distances.filter((d) => d > 0);
  const rho = positive[Math.min(connectivity, positive.length) - 1] ?? 0;
  const target = Math.log2(distances.length + 1);
  let [low, high] = [0, 1e6];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    const sum = distances.reduce((all, d) => all + Math.exp(-Math.max(0, d - rho) / middle), 0);
    if (sum > target) high = middle;
    else low = middle;
  }
  const mean = distances.reduce((sum, d) => sum + d / distances.length, 0);
  return { rho, sigma: Math.max(low, 1e-3 * mean) };
}

/** The united graph as a full matrix, in float64. */
export function naiveFuzzyGraph(
  { count, k, indices, distances }: NeighborGraph,
  { connectivity = 1, mix = 1 } = {},
): number[][] {
  const directed = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let i = 0; i < count; i++) {
    const row = [...distances.subarray(i * k, (i + 1) * k)];
    const { rho, sigma } = smooth(row, connectivity);
    row.forEach((d, rank) => {
      directed[i]![indices[i * k + rank]!] = d <= rho ? 1 : Math.exp(-(d - rho) / sigma);
    });
  }
  return directed.map((row, i) =>
    row.map((a, j) => {
      const b = directed[j]![i]!;
      return mix * (a + b - a * b) + (1 - mix) * a * b;
    }),
  );
}
