/** A function's value at a point; its gradient goes into `gradient`. */
export type ValueAndGradient = (point: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;
const MOST_HALVINGS = 40;
const SUFFICIENT = 1e-4;

/**
 * The minimum of a smooth function by limited-memory BFGS with backtracking, in float64, from zeros: the same numbers everywhere.
 *
 * @see Nocedal & Wright: "Numerical optimization" (2006), algorithms 7.4 and 7.5
 */
export function minimize(
  evaluate: ValueAndGradient,
  size: number,
  { iterations = 500, tolerance = 1e-6 }: { iterations?: number; tolerance?: number } = {},
): Float64Array {
  let point: Float64Array = new Float64Array(size);
  let gradient: Float64Array = new Float64Array(size);
  let value = evaluate(point, gradient);
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (gradient.every((one) => Math.abs(one) <= tolerance)) break;
    const direction = descend(gradient, pairs);
    const slope = dot(direction, gradient);
    let step = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let next = point;
    const nextGradient = new Float64Array(size);
    let nextValue = value;
    let halvings = 0;
    for (; halvings < MOST_HALVINGS; halvings++) {
      next = point.map((one, i) => one + step * direction[i]!);
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * step * slope) break;
      step /= 2;
    }
    if (halvings === MOST_HALVINGS) break; // as low as float64 tells
    const s = next.map((one, i) => one - point[i]!);
    const y = nextGradient.map((one, i) => one - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 0) {
      pairs.push({ s, y, rho: 1 / curvature });
      if (pairs.length > MEMORY) pairs.shift();
    }
    [point, gradient, value] = [next, nextGradient, nextValue];
  }
  return point;
}

/** Minus the gradient times the inverse Hessian as the last steps tell it. */
function descend(
  gradient: Float64Array,
  pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const direction = gradient.map((one) => -one);
  const alphas = new Array<number>(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, direction);
    direction.forEach((one, j) => {
      direction[j] = one - alphas[i]! * y[j]!;
    });
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1;
  direction.forEach((one, j) => {
    direction[j] = one * scale;
  });
  pairs.forEach(({ s, y, rho }, i) => {
    const beta = rho * dot(y, direction);
    direction.forEach((one, j) => {
      direction[j] = one + s[j]! * (alphas[i]! - beta);
    });
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
