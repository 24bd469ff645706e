/** Float32 numbers at which formulas break: zeros, infinities, NaN, the smallest and largest of each kind, limits of exp. */
export const SPECIAL_NUMBERS = Float32Array.of(
  ...[0, -0, 1, -1, 0.5, -0.5, 2, -2, 1 + 2 ** -23, 1 - 2 ** -24, -1 + 2 ** -24, -1 - 2 ** -23],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
  ...[2 ** -149, -(2 ** -149), 2 ** -126, -(2 ** -126), 2 ** -127, 2 ** -24, -(2 ** -24), 2 ** -25],
  ...[88, 88.72283, 88.72284, 89, 100, 1e10, -87, -87.33655, -88, -103.9, -103.98, -104, -105, -1e10],
  ...[15, -15, 16.7, -16.7, 20, -20, 30, -30, 3.4028234663852886e38, -3.4028234663852886e38],
);

/** Counts around the widths of the kernels' loops. */
export const RAGGED_COUNTS = [0, 1, 3, 4, 5, 7, 8, 9, 17, 100];
