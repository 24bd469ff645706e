import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { finishPieces } from '../testing/finish-pieces.ts';
import { leadingEigenvectors } from './leading-eigenvectors.ts';

const random = () => createRandom({ seed: 6, stream: Stream.sample });

/** Of a diagonal matrix: each vector's largest number should be at the index of its eigenvalue. */
function ofDiagonal(diagonal: readonly number[], wanted: number, options = {}) {
  return finishPieces(
    leadingEigenvectors({
      ...{ size: diagonal.length, wanted, random: random(), ...options },
      multiply: (vector, out) =>
        vector.forEach((x, k) => {
          out[k] = diagonal[k]! * x;
        }),
    }),
  );
}

const norm = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));

describe('leadingEigenvectors', () => {
  it.each([1, 2, 3, 4, 5, 17, 40, 41, 300])('finds those of %d eigenvalues, the largest first', (size) => {
    const diagonal = Array.from({ length: size }, (_, k) => Math.cos((Math.PI * k * 7) / size) + 0.01 * k);
    const order = [...diagonal.keys()].sort((i, j) => diagonal[j]! - diagonal[i]!);
    const wanted = Math.min(3, size);
    const vectors = ofDiagonal(diagonal, wanted, { tolerance: 1e-10 });
    expect(vectors.length).toBe(wanted);
    vectors.forEach((vector, i) => {
      expect(norm(vector)).toBeCloseTo(1, 10);
      expect(Math.abs(vector[order[i]!]!)).toBeCloseTo(1, 6);
    });
  });

  it('finds several vectors of one eigenvalue', () => {
    const vectors = ofDiagonal([3, 1, 3, 1, 3, 1, 1, 1], 3);
    for (const vector of vectors)
      expect(norm(vector.filter((_, k) => ![0, 2, 4].includes(k)))).toBeLessThan(1e-6);
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(vectors[i]!.reduce((sum, x, k) => sum + x * vectors[j]![k]!, 0)).toBeCloseTo(0, 10);
    }
  });

  it('gives vectors of length 1 for an operator that is 0', () => {
    for (const vector of ofDiagonal(new Array(50).fill(0), 2)) expect(norm(vector)).toBeCloseTo(1, 10);
  });

  it('takes the best so far when its products are used up', () => {
    const diagonal = Array.from({ length: 2000 }, (_, k) => 1 - 1e-6 * k);
    const [vector] = ofDiagonal(diagonal, 1, { tolerance: 1e-12, mostProducts: 50 });
    expect(norm(vector!)).toBeCloseTo(1, 10);
  });
});
