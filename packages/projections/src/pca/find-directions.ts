import { createRandom, Stream } from '@latentkit/core';
import { type Work, within } from '../work.ts';
import { allEigenpairs } from './all-eigenpairs.ts';
import type { Deviations } from './deviations.ts';
import type { Eigenpairs } from './eigenpairs.ts';
import { largestEigenpairs } from './largest-eigenpairs.ts';
import { orthonormalize } from './orthonormalize.ts';
import type { Products } from './products.ts';
import { addScaled } from './vectors.ts';

// Householder and QL find all eigenpairs of a matrix of so few rows, or when more than this share is wanted.
const FEW_ROWS = 64;
const FEW_SHARE = 0.25;
// More directions than asked for, and sweeps over the points, of the randomised solver.
const OVERSAMPLING = 10;
export const SWEEPS = 7;

/** Finds `[wanted, dimensions]` orthonormal directions of largest variance. */
export type FindDirections = (
  deviations: Deviations,
  wanted: number,
  seed: number,
  products: Products,
) => Work<Float64Array[]>;

/** By the covariance's eigenvectors. */
export const byCovariance: FindDirections = function* (deviations, wanted, seed, products) {
  const covariance = yield* within(products.covariance(deviations), 0, 0.8);
  const { dimensions } = deviations.points;
  return (yield* within(eigenpairs(covariance, dimensions, wanted, seed), 0.8, 1)).vectors;
};

/** For fewer points than dimensions: by the eigenvectors u of `D D^T`; `D^T u` are those of `D^T D`. */
export const byGram: FindDirections = function* (deviations, wanted, seed, products) {
  const { count, dimensions } = deviations.points;
  const gram = yield* within(products.gram(deviations), 0, 0.7);
  const { vectors } = yield* within(eigenpairs(gram, count, wanted, seed), 0.7, 0.9);
  const weights = new Float32Array(count * wanted);
  for (const [i, vector] of vectors.entries()) {
    for (let row = 0; row < count; row++) weights[row * wanted + i] = vector[row]!;
  }
  const combined = yield* within(products.combine(deviations, weights, wanted), 0.9, 0.98);
  const directions = rowsOf(combined, wanted, dimensions);
  yield* within(orthonormalize(directions, randomOf(seed)), 0.98, 1);
  return directions;
};

/**
 * From random directions, a few more than wanted: multiplies them by the covariance some times, then turns them to the
 * eigenvectors of the covariance of the points' coordinates along them.
 *
 * @see Halko, Martinsson & Tropp: "Finding structure with randomness" (2011), algorithms 4.4 and 5.1
 */
export const byRandomSketch: FindDirections = function* (deviations, wanted, seed, products) {
  const { count, dimensions } = deviations.points;
  const sketch = sketchOf(count, dimensions, wanted);
  const random = randomOf(seed);
  const normals = Float64Array.from({ length: sketch * dimensions }, () => random.normal());
  let directions = rowsOf(normals, sketch, dimensions);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const part = (from: number) => (sweep + from) / (SWEEPS + 1);
    yield* within(orthonormalize(directions, random), part(0), part(0.2));
    const scores = yield* within(
      products.project(deviations, flat(directions), sketch),
      part(0.2),
      part(0.6),
    );
    const combined = yield* within(products.combine(deviations, scores, sketch), part(0.6), part(1));
    directions = rowsOf(combined, sketch, dimensions);
  }
  const last = SWEEPS / (SWEEPS + 1);
  yield* within(orthonormalize(directions, random), last, last);
  const scores = yield* within(products.project(deviations, flat(directions), sketch), last, 1);
  const points = { data: scores, count, dimensions: sketch };
  const along = { points, mean: new Float64Array(sketch), scale: 1 };
  const covariance = yield* within(products.covariance(along), 1, 1);
  const { vectors } = yield* within(allEigenpairs(covariance, sketch, wanted), 1, 1);
  return vectors.map((coordinates) => {
    const direction = new Float64Array(dimensions);
    for (const [i, one] of directions.entries()) addScaled(direction, coordinates[i]!, one);
    return direction;
  });
};

/** Directions that the randomised solver follows. */
export function sketchOf(count: number, dimensions: number, wanted: number): number {
  return Math.min(count, dimensions, wanted + OVERSAMPLING);
}

function eigenpairs(matrix: Float64Array, size: number, wanted: number, seed: number): Work<Eigenpairs> {
  return size <= FEW_ROWS || wanted > FEW_SHARE * size
    ? allEigenpairs(matrix, size, wanted)
    : largestEigenpairs(matrix, size, wanted, seed);
}

/** Draws of other addresses than those of Lanczos's searches. */
const randomOf = (seed: number) => createRandom({ seed, stream: Stream.projection, step: 1 });

function rowsOf(matrix: Float64Array, rows: number, columns: number): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => matrix.subarray(i * columns, (i + 1) * columns));
}

/** Rows as one matrix. */
export function flat(rows: readonly Float64Array[]): Float64Array {
  const columns = rows[0]!.length;
  const matrix = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) matrix.set(row, i * columns);
  return matrix;
}
