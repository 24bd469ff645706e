export interface FiniteDifferencesOptions {
  /** Half the distance between the two points, as a part of max(1, |x|); 1e-4 by default. */
  step?: number;
}

/**
 * The gradient of a scalar function by central differences: `(f(x + h) - f(x - h)) / 2h`, an element at a time.
 *
 * The truncation error is `h^2 f''' / 6`, the rounding error `epsilon |f| / h`. So give it a function computed in
 * float64 if you can; for one computed in float32 take a step of 1e-2 to 1e-3 and a tolerance to match.
 *
 * @param f reads the arrays, and must not keep them: they are changed and restored.
 * @param xs the point, one array per argument; not changed.
 * @returns one array per argument, of its size.
 * @example
 * finiteDifferences(([x]) => x[0] ** 2, [Float64Array.of(3)]); // [[6]]
 */
export function finiteDifferences<Numbers extends Float32Array | Float64Array>(
  f: (xs: Numbers[]) => number,
  xs: readonly Numbers[],
  { step = 1e-4 }: FiniteDifferencesOptions = {},
): Float64Array[] {
  const point = xs.map((x) => x.slice() as Numbers);
  return point.map((x) => {
    const gradient = new Float64Array(x.length);
    for (let i = 0; i < x.length; i++) {
      const middle = x[i]!;
      const h = step * Math.max(1, Math.abs(middle));
      // Read back what was stored: in a Float32Array neither point is where it was asked to be.
      x[i] = middle + h;
      const above = x[i]!;
      const atAbove = f(point);
      x[i] = middle - h;
      const below = x[i]!;
      const atBelow = f(point);
      x[i] = middle;
      gradient[i] = (atAbove - atBelow) / (above - below);
    }
    return gradient;
  });
}
