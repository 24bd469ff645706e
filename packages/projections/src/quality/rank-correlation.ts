/** Spearman's correlation: Pearson's of ranks, equal numbers having the mean of theirs; 0 if all of one side are equal. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [ranksOf(x), ranksOf(y)];
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

function ranksOf(numbers: readonly number[]): Float64Array {
  const order = Uint32Array.from(numbers, (_, i) => i).sort((i, j) => numbers[i]! - numbers[j]!);
  const ranks = new Float64Array(numbers.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && numbers[order[end]!] === numbers[order[first]!]) end++;
    for (const i of order.subarray(first, end)) ranks[i] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}
