/**
 * `1 - 2 / (n k (2 n - 3 k - 1)) * sum max(0, rank - k)`: 1 if all ranks are k at most, 0 if they are the worst possible.
 *
 * @param ranks of the k neighbours of each of n points, `[n, k]`.
 */
export function rankScore(ranks: Int32Array, k: number): number {
  const count = ranks.length / k;
  let excess = 0;
  for (const rank of ranks) excess += Math.max(0, rank - k);
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * excess;
}
