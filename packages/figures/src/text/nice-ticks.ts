/**
 * Round numbers in `[low, high]`, steps of 1, 2 or 5 times a power of ten, about `count` of them.
 *
 * @param integers whether steps below 1 are forbidden (epochs, counts).
 * @example
 * niceTicks(0, 1, 5); // [0, 0.2, 0.4, 0.6, 0.8, 1]
 */
export function niceTicks(low: number, high: number, count: number, integers = false): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const exponent = Math.floor(Math.log10(rough));
  const mantissa = rough / 10 ** exponent;
  let [factor, power] =
    mantissa < 1.5
      ? [1, exponent]
      : mantissa < 3.2
        ? [2, exponent]
        : mantissa < 7
          ? [5, exponent]
          : [1, exponent + 1];
  if (integers && power < 0) [factor, power] = [1, 0];
  // Whole multiples over or times a power of ten, so that 3 * 0.1 prints as 0.3.
  const scale = 10 ** Math.abs(power);
  const at = (k: number) => (power < 0 ? (k * factor) / scale : k * factor * scale);
  const step = at(1);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); at(k) <= high + step * 1e-9; k++)
    ticks.push(at(k) === 0 ? 0 : at(k));
  return ticks;
}
