/**
 * Spearman's correlation: Pearson's of ranks, equal numbers having the mean of theirs; 0 if all of one side are equal. In
 * bounded pieces.
 */
export function* rankCorrelation(x: readonly number[], y: readonly number[]): Generator<void, number> {
  const a = ranksOf(x);
  yield;
  const b = ranksOf(y);
  yield;
  const mean = (x.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [a[i]! - mean, b[i]! - mean];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** By sorting numbers and looking each up, which is several times as fast as sorting by a comparison. */
function ranksOf(numbers: readonly number[]): Float64Array {
  const sorted = Float64Array.from(numbers).sort();
  const ranks = new Float64Array(numbers.length);
  for (let i = 0; i < ranks.length; i++) {
    const number = numbers[i]!;
    ranks[i] = (countBelow(sorted, number, false) + 1 + countBelow(sorted, number, true)) / 2;
  }
  return ranks;
}

function countBelow(sorted: Float64Array, number: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle]!;
    if (other < number || (orEqual && other === number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
