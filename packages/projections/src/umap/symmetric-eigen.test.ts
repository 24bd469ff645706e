import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

function randomSymmetric(size: number): Float64Array[] {
  const random = createRandom({ seed: 4, stream: Stream.sample, index: size });
  const rows = Array.from({ length: size }, () => Float64Array.from({ length: size }, () => random.normal()));
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) rows[j]![i] = rows[i]![j]!;
  return rows;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 4, 5, 17, 40])('finds orthonormal eigenvectors of %d x %d numbers', (size) => {
    const matrix = randomSymmetric(size);
    const { values, vectors } = symmetricEigen(matrix);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    vectors.forEach((vector, i) => {
      vectors.forEach((other, j) => {
        expect(dot(vector, other)).toBeCloseTo(i === j ? 1 : 0, 12);
      });
      matrix.forEach((row, k) => {
        expect(dot(row, vector)).toBeCloseTo(values[i]! * vector[k]!, 10);
      });
    });
  });

  it("finds a path's eigenvalues, 2 cos(pi j / (n + 1)), from the lower triangle alone", () => {
    const size = 9;
    const path = Array.from({ length: size }, (_, i) =>
      Float64Array.from({ length: size }, (_, j) => (j === i - 1 ? 1 : j > i ? Number.NaN : 0)),
    );
    symmetricEigen(path).values.forEach((value, j) => {
      expect(value).toBeCloseTo(2 * Math.cos((Math.PI * (j + 1)) / (size + 1)), 12);
    });
  });

  it('finds eigenvalues that are equal, and zeros', () => {
    const ones = Array.from({ length: 4 }, () => new Float64Array(4).fill(1));
    expect([...symmetricEigen(ones).values]).toEqual([4, 0, 0, 0].map((x) => expect.closeTo(x, 12)));
    expect([...symmetricEigen([new Float64Array(2), new Float64Array(2)]).values]).toEqual([0, 0]);
  });
});
