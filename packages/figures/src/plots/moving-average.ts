/**
 * Centred moving average: value `i` is the mean of the finite values among `i - floor(w / 2) ... i - floor(w / 2) + w - 1`; NaN stays NaN.
 *
 * Beyond its ends the series goes on mirrored about its first and its last value, which are not repeated (`c b | a b c | b a`):
 * `scipy.ndimage.uniform_filter1d(mode='mirror')`, `numpy.pad(mode='reflect')`. So it neither lags behind the values, as a
 * trailing mean does, nor bends where its window fills up.
 *
 * @param window whole number of values; 1 changes nothing.
 * @example
 * movingAverage([4, 2, 6], 3); // [8 / 3, 4, 10 / 3]
 */
export function movingAverage(values: readonly number[], window: number): number[] {
  if (window === 1) return [...values];
  const period = Math.max(1, 2 * (values.length - 1));
  const mirrored = (i: number) => {
    const at = ((i % period) + period) % period;
    return values[at < values.length ? at : period - at]!;
  };
  /** Sum and number of the finite ones among so many values. */
  const finite = (from: number, count: number) => {
    const some = Array.from({ length: count }, (_, k) => mirrored(from + k)).filter(Number.isFinite);
    return [some.reduce((sum, one) => sum + one, 0), some.length] as const;
  };
  // A window that goes round the mirrors has whole periods in it, all alike.
  const rounds = Math.floor(window / period);
  const [periodSum, periodCount] = finite(0, period);
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return Number.NaN;
    const [sum, count] = finite(i - Math.floor(window / 2), window % period);
    return (rounds * periodSum + sum) / (rounds * periodCount + count);
  });
}
