/** Passes if every number is the other's bits: NaN is NaN, and -0 is not 0. */
export function expectSameNumbers(actual: ArrayLike<number>, expected: ArrayLike<number>, what = ''): void {
  if (actual.length !== expected.length) {
    throw new Error(`${what}: expected ${expected.length} numbers, got ${actual.length}`);
  }
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) {
      throw new Error(
        `${what}: number ${i} of ${expected.length}: expected ${expected[i]}, got ${actual[i]}`,
      );
    }
  }
}
