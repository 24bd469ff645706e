import type { Random } from '@latentkit/core';
import { symmetricEigen } from './symmetric-eigen.ts';

/** A symmetric operator, and what of it is wanted. */
export interface EigenProblem {
  /** Numbers of a vector. */
  size: number;
  /** Writes the operator's product with `vector` to `out`. */
  multiply(vector: Float64Array, out: Float64Array): void;
  /** How many eigenvectors, at most `size`. */
  wanted: number;
  /** Draws the start. */
  random: Random;
  /** Of the residual, over the largest eigenvalue. */
  tolerance?: number;
  /** Products after which the best so far is taken. */
  mostProducts?: number;
}

const BASIS = 40;
// Below it, over the largest number of the basis, what is left of a vector is rounding.
const NOTHING = 1e-12;

/**
 * Eigenvectors of the largest eigenvalues, each of length 1, by Lanczos' method with full orthogonalization and thick
 * restarts; yields after each product with the operator.
 *
 * A basis that is closed under the operator goes on with a new random vector, so that multiple eigenvalues are found too.
 *
 * @see Wu, Simon: "Thick-restart Lanczos method for large symmetric eigenvalue problems" (2000)
 */
export function* leadingEigenvectors(problem: EigenProblem): Generator<void, Float64Array[]> {
  const { size, multiply, wanted, random, tolerance = 1e-4, mostProducts = 600 } = problem;
  const most = Math.min(size, Math.max(BASIS, 3 * wanted));
  const keep = Math.min(most - 1, wanted + Math.floor((most - wanted) / 3));
  const basis: Float64Array[] = [];
  // The operator in the basis: rows of its lower triangle.
  let projected: Float64Array[] = [];
  let next = freshVector(size, random, basis);
  for (let products = 1; ; products++) {
    basis.push(next);
    const image = new Float64Array(size);
    multiply(next, image);
    const row = new Float64Array(most);
    // Twice, as once leaves what rounding errors of the first time are.
    for (let round = 0; round < 2; round++) orthogonalize(image, basis, row);
    projected.push(row);
    const rest = Math.sqrt(dot(image, image));
    const scale = Math.max(...projected.map((of) => of.reduce((most, x) => Math.max(most, Math.abs(x)), 0)));
    const isClosed = rest <= NOTHING * scale;
    yield;
    const isFull = basis.length === most;
    const isLast = products >= mostProducts || basis.length === size;
    if (isFull || isLast) {
      const { values, vectors } = symmetricEigen(projected);
      const residual = (i: number) => rest * Math.abs(vectors[i]![basis.length - 1]!);
      const isFound = vectors
        .slice(0, wanted)
        .every((_, i) => residual(i) <= tolerance * Math.abs(values[0]!));
      if (isLast || isFound) return combine(basis, vectors.slice(0, wanted));
      basis.splice(0, basis.length, ...combine(basis, vectors.slice(0, keep)));
      projected = basis.map((_, i) => {
        const diagonal = new Float64Array(most);
        diagonal[i] = values[i]!;
        return diagonal;
      });
    }
    if (isClosed) next = freshVector(size, random, basis);
    else next = image.map((x) => x / rest);
  }
}

/** A random vector of length 1 at right angles to the basis. */
function freshVector(size: number, random: Random, basis: readonly Float64Array[]): Float64Array {
  const vector = Float64Array.from({ length: size }, () => random.normal());
  const unused = new Float64Array(basis.length);
  for (let round = 0; round < 2; round++) orthogonalize(vector, basis, unused);
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((x) => x / norm);
}

/** Takes the parts along the basis away from a vector, and adds their lengths to `parts`. */
function orthogonalize(vector: Float64Array, basis: readonly Float64Array[], parts: Float64Array): void {
  basis.forEach((other, i) => {
    const part = dot(vector, other);
    parts[i]! += part;
    for (let k = 0; k < vector.length; k++) vector[k]! -= part * other[k]!;
  });
}

/** Four sums side by side, in a fixed order: additions need not wait for each other. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length & ~3;
  for (let k = 0; k < whole; k += 4) {
    s0 += a[k]! * b[k]!;
    s1 += a[k + 1]! * b[k + 1]!;
    s2 += a[k + 2]! * b[k + 2]!;
    s3 += a[k + 3]! * b[k + 3]!;
  }
  for (let k = whole; k < a.length; k++) s0 += a[k]! * b[k]!;
  return s0 + s1 + (s2 + s3);
}

/** Sums of the basis with each row of coefficients. */
function combine(basis: readonly Float64Array[], coefficients: readonly Float64Array[]): Float64Array[] {
  return coefficients.map((row) => {
    const sum = new Float64Array(basis[0]!.length);
    basis.forEach((vector, i) => {
      for (let k = 0; k < sum.length; k++) sum[k]! += row[i]! * vector[k]!;
    });
    return sum;
  });
}
