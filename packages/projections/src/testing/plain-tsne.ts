import type { Points } from '../points.ts';

/**
 * Joint affinities of all pairs in float64, `[count, count]`: the widths that give each row the perplexity by bisection, then
 * `(p_(j|i) + p_(i|j)) / (2 count)`. The oracle of those over neighbours, which are the same when all points are neighbours.
 */
export function plainAffinities({ data, count, dimensions }: Points, perplexity: number): Float64Array {
  const rows = Array.from({ length: count }, (_, i) => {
    const squares = Array.from({ length: count }, (_, j) => {
      let sum = 0;
      for (let d = 0; d < dimensions; d++)
        sum += (data[i * dimensions + d]! - data[j * dimensions + d]!) ** 2;
      return sum;
    });
    return conditional(squares, i, Math.log(perplexity));
  });
  return Float64Array.from({ length: count * count }, (_, at) => {
    const [i, j] = [Math.floor(at / count), at % count];
    return (rows[i]![j]! + rows[j]![i]!) / (2 * count);
  });
}

function conditional(squares: number[], self: number, entropy: number): number[] {
  const nearest = Math.min(...squares.filter((_, j) => j !== self));
  let [low, high, beta] = [0, Number.POSITIVE_INFINITY, 1];
  for (;;) {
    const terms = squares.map((square, j) => (j === self ? 0 : Math.exp(-beta * (square - nearest))));
    const sum = terms.reduce((a, b) => a + b);
    const p = terms.map((term) => term / sum);
    const excess = p.reduce((h, x) => (x > 0 ? h - x * Math.log(x) : h), 0) - entropy;
    if (excess > 0) low = beta;
    else high = beta;
    const next = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
    if (Math.abs(excess) < 1e-10 || next === beta || beta > 1e15) return p;
    beta = next;
  }
}

/** `sum_ij p_ij log(p_ij / q_ij)` of a map, `[count, 2]`, over all pairs in float64. */
export function plainDivergence(p: Float64Array, map: ArrayLike<number>): number {
  const { count, q, z } = similarities(map);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const one = p[i * count + j]!;
      if (i !== j && one > 0) sum += one * Math.log((one * z) / q(i, j));
    }
  }
  return sum;
}

/** Its gradient but for the factor 4: `sum_j (p_ij - q_ij / z) q_ij (y_i - y_j)`. */
export function plainGradient(p: Float64Array, map: ArrayLike<number>): Float64Array {
  const { count, q, z } = similarities(map);
  return Float64Array.from({ length: 2 * count }, (_, at) => {
    const i = at >> 1;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      if (j !== i) sum += (p[i * count + j]! - q(i, j) / z) * q(i, j) * (map[at]! - map[2 * j + (at & 1)]!);
    }
    return sum;
  });
}

function similarities(map: ArrayLike<number>) {
  const count = map.length / 2;
  const q = (i: number, j: number) =>
    1 / (1 + (map[2 * i]! - map[2 * j]!) ** 2 + (map[2 * i + 1]! - map[2 * j + 1]!) ** 2);
  let z = 0;
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) if (i !== j) z += q(i, j);
  return { count, q, z };
}
