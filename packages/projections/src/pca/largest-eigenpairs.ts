import { createRandom, Stream } from '@latentkit/core';
import { finish, type Work, within } from '../work.ts';
import { tridiagonalPairs } from './all-eigenpairs.ts';
import { type Eigenpairs, largest } from './eigenpairs.ts';
import { tridiagonalEigen } from './tridiagonal-eigen.ts';
import { addScaled, dot, norm, randomUnit, removeFrom } from './vectors.ts';

const TOLERANCE = 1e-11; // residual of an eigenpair, as a part of the matrix's norm
const ROUNDING = 1e-14;
const LEAST_STEPS = 20; // before a search may say that there is nothing larger

/** A search among the vectors that are orthogonal to `found`. */
interface Search {
  readonly found: readonly Float64Array[];
  /** Pairs that are looked for. */
  readonly wanted: number;
  /** Only eigenvalues above this are of interest. */
  readonly above: number;
  /** Where to start. */
  readonly start: Float64Array;
}

/**
 * The `wanted` largest eigenvalues of a positive semidefinite matrix and their eigenvectors, by Lanczos's method with full
 * reorthogonalisation.
 *
 * One search finds a single vector of an eigenvalue of several, so more searches follow in what is orthogonal to those
 * found, until one finds nothing larger.
 *
 * @param matrix `[size, size]`
 * @see Golub & Van Loan: "Matrix computations", chapter 10; Parlett: "The symmetric eigenvalue problem", chapter 13
 */
export function* largestEigenpairs(
  matrix: Float64Array,
  size: number,
  wanted: number,
  seed: number,
): Work<Eigenpairs> {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i]!;
  let pairs: Eigenpairs = { values: new Float64Array(), vectors: [] };
  for (let round = 0; pairs.vectors.length < size; round++) {
    const missing = wanted - pairs.vectors.length;
    const random = createRandom({ seed, stream: Stream.projection, index: round });
    const search = {
      found: pairs.vectors,
      wanted: Math.max(1, missing),
      above: missing > 0 ? Number.NEGATIVE_INFINITY : pairs.values[wanted - 1]! + TOLERANCE * trace,
      start: randomUnit(size, pairs.vectors, random),
    };
    // No share is known beforehand; that of the pairs is the least.
    const share = Math.min(1, pairs.vectors.length / wanted);
    const more = yield* within(runLanczos(matrix, size, trace, search), 0.8 * share, 0.8 * share + 0.2);
    if (more.vectors.length === 0) break;
    pairs = largest(size, {
      values: Float64Array.of(...pairs.values, ...more.values),
      vectors: [...pairs.vectors, ...more.vectors],
    });
  }
  return largest(wanted, pairs);
}

/** Up to `wanted` pairs; none when no eigenvalue is above what it must be above. */
function* runLanczos(
  matrix: Float64Array,
  size: number,
  trace: number,
  { found, wanted, above, start }: Search,
): Work<Eigenpairs> {
  const limit = size - found.length;
  const basis = [start];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let check = Math.min(limit, wanted + 10);
  for (let steps = 1; ; steps++) {
    const last = basis[steps - 1]!;
    const next = multiply(matrix, size, last);
    diagonal.push(dot(last, next));
    // Together: basis vectors are orthogonal to those found but for rounding errors, which would grow.
    removeFrom(next, [...found, ...basis]);
    const length = norm(next);
    beside.push(length);
    // The basis spans a space that the matrix maps into itself: its pairs are exact.
    const isComplete = steps === limit || length <= ROUNDING * trace;
    if (steps === check || isComplete) {
      check = steps + Math.max(5, Math.floor(steps / 10));
      const ritz = lastCoordinates(diagonal, beside);
      const residuals = ritz.map(({ coordinate }) => (isComplete ? 0 : Math.abs(coordinate) * length));
      const isNothing = ritz[0]!.value + residuals[0]! <= above;
      if (isNothing && (isComplete || steps >= LEAST_STEPS))
        return { values: new Float64Array(), vectors: [] };
      if (residuals.slice(0, wanted).every((residual) => residual <= TOLERANCE * trace) || isComplete) {
        if (ritz[0]!.value <= above) return { values: new Float64Array(), vectors: [] };
        return yield* ritzPairs(basis, diagonal, beside, wanted);
      }
    }
    for (let i = 0; i < size; i++) next[i]! /= length;
    basis.push(next);
    yield 0.9 * (1 - 1 / (1 + steps / (4 * wanted + 20)));
  }
}

/** Eigenvalues of the basis's tridiagonal matrix, largest first, each with the last coordinate of its eigenvector. */
function lastCoordinates(
  diagonal: readonly number[],
  beside: readonly number[],
): { value: number; coordinate: number }[] {
  const values = Float64Array.from(diagonal);
  const coordinates = values.map((_, i) => Number(i === values.length - 1));
  finish(tridiagonalEigen(values, Float64Array.from(beside), coordinates));
  return Array.from(values, (value, i) => ({ value, coordinate: coordinates[i]! })).sort(
    (a, b) => b.value - a.value,
  );
}

function* ritzPairs(
  basis: readonly Float64Array[],
  diagonal: readonly number[],
  beside: readonly number[],
  wanted: number,
): Work<Eigenpairs> {
  const pairs = yield* within(
    tridiagonalPairs(Float64Array.from(diagonal), Float64Array.from(beside), wanted),
    0.9,
    0.95,
  );
  const vectors: Float64Array[] = [];
  for (const coordinates of pairs.vectors) {
    const vector = new Float64Array(basis[0]!.length);
    for (const [i, one] of basis.entries()) addScaled(vector, coordinates[i]!, one);
    vectors.push(vector);
    yield 0.95 + (0.05 * vectors.length) / wanted;
  }
  return { values: pairs.values, vectors };
}

function multiply(matrix: Float64Array, size: number, x: Float64Array): Float64Array {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i++) product[i] = dot(matrix.subarray(i * size, (i + 1) * size), x);
  return product;
}
