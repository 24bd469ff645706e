import { LatentkitError } from '@latentkit/core';
import { symmetricEigenpairs } from '@latentkit/projections';
import { requireVectors, type Vectors } from './points.ts';

/**
 * The Fréchet distance of two sets of vectors, each taken for a normal distribution:
 * `|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2))`, of means and covariances (by one number fewer than there are vectors).
 *
 * The trace of the root is that of `(S1^(1/2) S2 S1^(1/2))^(1/2)`, which is symmetric. In float64.
 *
 * @returns 0 for equal sets; it is biased upwards where there are few vectors, so that only sets of equal sizes compare.
 * @throws `E_SHAPE` for vectors of two lengths; as all measures for what are no vectors.
 * @see Dowson & Landau: "The Fréchet distance between multivariate normal distributions" (1982), equation 4; Heusel et al.: "GANs trained by
 * a two time-scale update rule" (2017), equation 6
 * @example
 * frechetDistance({ data: real, count: 1000, dimensions: 32 }, { data: drawn, count: 1000, dimensions: 32 });
 */
export function frechetDistance(a: Vectors, b: Vectors): number {
  requireVectors('frechetDistance', a, 'a');
  requireVectors('frechetDistance', b, 'b');
  const size = a.dimensions;
  if (b.dimensions !== size) {
    throw new LatentkitError(
      'E_SHAPE',
      `frechetDistance: expected vectors of one length, got ${size} and ${b.dimensions} numbers`,
    );
  }
  const [one, other] = [momentsOf(a), momentsOf(b)];
  const root = rootOf(one.covariance, size);
  const inner = product(product(root, other.covariance, size), root, size);
  const roots = symmetricEigenpairs(inner, size).values.map((value) => Math.sqrt(Math.max(0, value)));
  const trace = (matrix: Float64Array) => sumOf(roots.map((_, i) => matrix[i * size + i]!));
  const apart = sumOf(one.mean.map((value, i) => (value - other.mean[i]!) ** 2));
  return Math.max(0, apart + trace(one.covariance) + trace(other.covariance) - 2 * sumOf(roots));
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

function momentsOf({ data, count, dimensions: size }: Vectors) {
  const mean = new Float64Array(size);
  for (let i = 0; i < count * size; i++) mean[i % size]! += data[i]! / count;
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < size; i++) {
      const x = data[row * size + i]! - mean[i]!;
      for (let j = 0; j < size; j++)
        covariance[i * size + j]! += (x * (data[row * size + j]! - mean[j]!)) / (count - 1);
    }
  }
  return { mean, covariance };
}

/** The symmetric root of a covariance: rounding may have made eigenvalues of 0 negative. */
function rootOf(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigenpairs(matrix, size);
  const root = new Float64Array(size * size);
  for (const [k, vector] of vectors.entries()) {
    const scale = Math.sqrt(Math.max(0, values[k]!));
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) root[i * size + j]! += scale * vector[i]! * vector[j]!;
  }
  return root;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++)
      for (let j = 0; j < size; j++) out[i * size + j]! += a[i * size + k]! * b[k * size + j]!;
  return out;
}
