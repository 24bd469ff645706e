/**
 * Trailing moving average: value `i` is the mean of the finite values among `i - window + 1 ... i`; NaN stays NaN.
 *
 * @param window whole number of values; 1 changes nothing.
 * @example
 * movingAverage([4, 2, 6], 2); // [4, 3, 4]
 */
export function movingAverage(values: readonly number[], window: number): number[] {
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return Number.NaN;
    const recent = values.slice(Math.max(0, i - window + 1), i + 1).filter(Number.isFinite);
    return recent.reduce((sum, one) => sum + one / recent.length, 0);
  });
}
