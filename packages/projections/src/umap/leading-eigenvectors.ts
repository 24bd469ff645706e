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

const BASIS = 24;
// Below it, over the largest number of the basis, what is left of a vector is rounding.
const NOTHING = 1e-12;

/**
 * Eigenvectors of the largest eigenvalues, each of length 1, by Lanczos' method from as many random vectors as are wanted,
 * with full orthogonalization and thick restarts; yields after each product with the operator.
 *
 * Several vectors at the start find eigenvalues that are equal, or nearly so, as those of a ring.
 *
 * @see Wu, Simon: "Thick-restart Lanczos method for large symmetric eigenvalue problems" (2000)
 * @see Ruhe: "Implementation aspects of band Lanczos algorithms for computation of eigenvalues of large sparse symmetric
 * matrices" (1979)
 */
export function* leadingEigenvectors(problem: EigenProblem): Generator<void, Float64Array[]> {
  const {
    size,
    multiply,
    wanted,
    random,
    tolerance = 1e-4,
    mostProducts = 600 + 4 * problem.wanted,
  } = problem;
  const most = Math.min(size, Math.max(BASIS, 4 * wanted));
  const keep = wanted + Math.floor((most - wanted) / 3);
  let basis: Float64Array[] = [];
  // What the operator makes of the first vectors of the basis, as coordinates in it. The others wait for their turn.
  let images: Float64Array[] = [];
  while (basis.length < Math.min(wanted, most)) basis.push(freshVector(size, random, basis));
  let largest = 0;
  for (let products = 1; ; products++) {
    const image = new Float64Array(size);
    multiply(basis[images.length]!, image);
    const coordinates = new Float64Array(most + wanted);
    const rest = orthogonalize(image, basis, coordinates);
    largest = coordinates.reduce((most, x) => Math.max(most, Math.abs(x)), largest);
    images.push(coordinates);
    if (basis.length < size && rest > NOTHING * largest) {
      coordinates[basis.length] = rest;
      basis.push(image.map((x) => x / rest));
    } else if (images.length === basis.length && basis.length < size) {
      basis.push(freshVector(size, random, basis));
    }
    yield;
    const isLast = products >= mostProducts || images.length === size;
    const isFull = basis.length >= most && most < size;
    if (!isFull && !isLast) continue;
    const found = symmetricEigen(images);
    const done = basis.slice(0, images.length);
    const waiting = basis.slice(images.length);
    /** Of the operator's product with an eigenvector, its coordinates along the vectors that wait. */
    const outside = (i: number) =>
      waiting.map((_, w) => sumAlong(found.vectors[i]!, images, done.length + w));
    const residual = (i: number) => Math.sqrt(outside(i).reduce((sum, x) => sum + x * x, 0));
    const bound = tolerance * Math.abs(found.values[0]!);
    const leading = found.vectors.slice(0, wanted);
    if (isLast || leading.every((_, i) => residual(i) <= bound)) return combine(done, leading);
    const kept = found.vectors.slice(0, Math.min(keep, done.length - 1));
    images = kept.map((_, i) => {
      const restarted = new Float64Array(most + wanted);
      restarted[i] = found.values[i]!;
      restarted.set(outside(i), kept.length);
      return restarted;
    });
    basis = [...combine(done, kept), ...waiting];
  }
}

/** A coordinate of a sum of images. */
function sumAlong(factors: Float64Array, images: readonly Float64Array[], coordinate: number): number {
  return images.reduce((sum, image, j) => sum + factors[j]! * image[coordinate]!, 0);
}

/** A random vector of length 1 at right angles to the basis. */
function freshVector(size: number, random: Random, basis: readonly Float64Array[]): Float64Array {
  const vector = Float64Array.from({ length: size }, () => random.normal());
  const unused = new Float64Array(basis.length);
  const norm = orthogonalize(vector, basis, unused);
  return vector.map((x) => x / norm);
}

/**
 * Takes the parts along the basis away from a vector, and adds their lengths to `parts`: twice, as once leaves rounding
 * errors along vectors that have been found, which the operator would enlarge.
 *
 * @returns the length of what is left.
 */
function orthogonalize(vector: Float64Array, basis: readonly Float64Array[], parts: Float64Array): number {
  const nothing = new Float64Array(basis.length % 4 === 0 ? 0 : vector.length);
  for (let round = 0; round < 2; round++) {
    for (let first = 0; first < basis.length; first += 4) {
      const [a, b = nothing, c = nothing, d = nothing] = basis.slice(first, first + 4);
      const taken = takeFour(vector, a!, b, c, d);
      for (let i = first; i < Math.min(first + 4, basis.length); i++) parts[i]! += taken[i - first]!;
    }
  }
  let squared = 0;
  for (let k = 0; k < vector.length; k++) squared += vector[k]! * vector[k]!;
  return Math.sqrt(squared);
}

/** Takes the parts along four vectors away, so that a vector is read once for four of the basis; gives their lengths. */
function takeFour(
  vector: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
): readonly number[] {
  let [alongA, alongB, alongC, alongD] = [0, 0, 0, 0];
  for (let k = 0; k < vector.length; k++) {
    const x = vector[k]!;
    alongA += x * a[k]!;
    alongB += x * b[k]!;
    alongC += x * c[k]!;
    alongD += x * d[k]!;
  }
  for (let k = 0; k < vector.length; k++) {
    vector[k]! -= alongA * a[k]! + alongB * b[k]! + (alongC * c[k]! + alongD * d[k]!);
  }
  return [alongA, alongB, alongC, alongD];
}

/** Sums of the basis with each row of coefficients. */
function combine(basis: readonly Float64Array[], coefficients: readonly Float64Array[]): Float64Array[] {
  return coefficients.map((row) => {
    const sum = new Float64Array(basis[0]!.length);
    basis.forEach((vector, i) => {
      const factor = row[i]!;
      for (let k = 0; k < sum.length; k++) sum[k]! += factor * vector[k]!;
    });
    return sum;
  });
}
