import type { Random } from '@latentkit/core';
import { leadingEigenvectors } from './leading-eigenvectors.ts';
import type { SparseGraph } from './sparse-graph.ts';

/**
 * Eigenvectors of the smallest eigenvalues, but for the 0, of the normalized Laplacian `I - D^-1/2 W D^-1/2` of a connected
 * graph of more than `components + 1` points; yields after each product with it.
 *
 * They are the largest of `D^-1/2 W D^-1/2 + I`, whose eigenvalues are 0 to 2, once the known one of 2 (the square roots of
 * the degrees) is taken away.
 *
 * @returns `components` vectors of a number a point.
 * @see Belkin, Niyogi: "Laplacian eigenmaps for dimensionality reduction and data representation" (2003)
 */
export function* spectralLayout(
  { count, offsets, indices, weights }: SparseGraph,
  components: number,
  random: Random,
): Generator<void, Float64Array[]> {
  const known = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    let degree = 0;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) degree += weights[e]!;
    known[i] = Math.sqrt(degree);
    total += degree;
  }
  const normalized = new Float64Array(weights.length);
  for (let i = 0; i < count; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      normalized[e] = weights[e]! / (known[i]! * known[indices[e]!]!);
    }
  }
  for (let i = 0; i < count; i++) known[i]! /= Math.sqrt(total);
  return yield* leadingEigenvectors({
    size: count,
    wanted: components,
    random,
    multiply(vector, out) {
      let along = 0;
      for (let i = 0; i < count; i++) {
        let sum = vector[i]!;
        const end = offsets[i + 1]!;
        for (let e = offsets[i]!; e < end; e++) sum += normalized[e]! * vector[indices[e]!]!;
        out[i] = sum;
        along += known[i]! * sum;
      }
      for (let i = 0; i < count; i++) out[i]! -= along * known[i]!;
    },
  });
}
