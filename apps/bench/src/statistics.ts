/** A row's times in short. */
export interface Percentiles {
  p10: number;
  median: number;
  p90: number;
}

/** The middle and the tenth from either end, interpolated linearly as NumPy does; NaN for no numbers. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  return { p10: quantile(sorted, 0.1), median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** The middle, or the mean of the two in the middle; NaN for no numbers. */
export function median(values: readonly number[]): number {
  return percentiles(values).median;
}

function quantile(sorted: readonly number[], fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
