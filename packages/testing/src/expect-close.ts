export interface Closeness {
  /** Allowed difference as a part of the expected number; 1e-5 by default. */
  relative?: number;
  /** Allowed difference besides; 1e-6 by default. */
  absolute?: number;
  /** What is compared, for the message. */
  what?: string;
}

/**
 * Passes if every number is within `absolute + relative * |expected|` of the expected one.
 *
 * Infinities must be equal, and NaN is close to NaN only, so that a NaN never slips through.
 *
 * @throws an `Error` that names the worst element and counts the others.
 * @example
 * expectClose([1.0000001, 2], [1, 2], { relative: 1e-6 });
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-5, absolute = 1e-6, what = 'values' }: Closeness = {},
): void {
  if (actual.length !== expected.length) {
    throw new Error(`${what}: expected ${expected.length} numbers, got ${actual.length}`);
  }
  let worst = -1;
  let worstExcess = 1;
  let wrong = 0;
  for (let i = 0; i < expected.length; i++) {
    const got = actual[i]!;
    const wanted = expected[i]!;
    if (Object.is(got, wanted)) continue;
    const excess = Math.abs(got - wanted) / (absolute + relative * Math.abs(wanted));
    if (excess <= 1) continue;
    wrong++;
    // A NaN, from either side or from two infinities, is worse than any number.
    if (worst === -1 || !(excess <= worstExcess)) {
      worst = i;
      worstExcess = Number.isNaN(excess) ? Number.POSITIVE_INFINITY : excess;
    }
  }
  if (wrong === 0) return;
  const difference = Math.abs(actual[worst]! - expected[worst]!);
  throw new Error(
    `${what}: ${wrong} of ${expected.length} numbers differ; the worst is [${worst}]: expected ${expected[worst]}, ` +
      `got ${actual[worst]} (difference ${difference.toExponential(2)}, allowed ` +
      `${(absolute + relative * Math.abs(expected[worst]!)).toExponential(2)})`,
  );
}
