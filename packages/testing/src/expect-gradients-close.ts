import { type Closeness, expectClose } from './expect-close.ts';
import { type FiniteDifferencesOptions, finiteDifferences } from './finite-differences.ts';

export interface GradientCloseness extends Omit<Closeness, 'what'>, FiniteDifferencesOptions {
  /** The arguments' names, for the message. */
  names?: readonly string[];
}

/**
 * Passes if the gradients are those of `f` at `xs` by {@link finiteDifferences}.
 *
 * @param actual one gradient per argument of `f`.
 * @throws an `Error` that names the argument and its worst element.
 * @example
 * expectGradientsClose([[6]], ([x]) => x[0] ** 2, [Float64Array.of(3)]);
 */
export function expectGradientsClose<Numbers extends Float32Array | Float64Array>(
  actual: readonly ArrayLike<number>[],
  f: (xs: Numbers[]) => number,
  xs: readonly Numbers[],
  { names = [], relative = 1e-4, absolute = 1e-5, step }: GradientCloseness = {},
): void {
  if (actual.length !== xs.length) {
    throw new Error(`expected ${xs.length} gradients, got ${actual.length}`);
  }
  const expected = finiteDifferences(f, xs, step === undefined ? {} : { step });
  for (const [i, gradient] of actual.entries()) {
    const what = `gradient of ${names[i] ?? `argument ${i}`}`;
    expectClose(gradient, expected[i]!, { relative, absolute, what });
  }
}
