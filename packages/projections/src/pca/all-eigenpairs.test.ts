import { createRandom, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { finish } from '../work.ts';
import { allEigenpairs } from './all-eigenpairs.ts';
import type { Eigenpairs } from './eigenpairs.ts';
import { largestEigenpairs } from './largest-eigenpairs.ts';
import { dot, randomUnit } from './vectors.ts';

/** A symmetric matrix of given eigenvalues: `Q diag(values) Q^T` for random orthonormal columns. */
function matrixOf(values: readonly number[]): Float64Array {
  const size = values.length;
  const random = createRandom({ seed: 5, stream: Stream.sample });
  const columns: Float64Array[] = [];
  for (let i = 0; i < size; i++) columns.push(randomUnit(size, columns, random));
  const matrix = new Float64Array(size * size);
  columns.forEach((column, k) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i * size + j]! += values[k]! * column[i]! * column[j]!;
    }
  });
  return matrix;
}

/** Each vector is an eigenvector, of length 1 and orthogonal to the others. */
function expectPairs(
  matrix: Float64Array,
  { values, vectors }: Eigenpairs,
  expected: readonly number[],
): void {
  expectClose(values, expected, { absolute: 1e-10, relative: 1e-9 });
  const size = Math.sqrt(matrix.length);
  vectors.forEach((vector, k) => {
    const image = vector.map((_, i) => dot(matrix.subarray(i * size, (i + 1) * size), vector));
    expectClose(
      image,
      vector.map((value) => values[k]! * value),
      { absolute: 1e-8 * Math.max(1, values[0]!) },
    );
    vectors.forEach((other, l) => {
      expectClose([dot(vector, other)], [Number(k === l)], { absolute: 1e-9 });
    });
  });
}

const geometric = (size: number) => Array.from({ length: size }, (_, i) => 0.9 ** i);
const CASES: [string, number[]][] = [
  ['1 number', [3]],
  ['2 numbers', [3, 1]],
  ['3 numbers, two of them equal', [2, 2, 1]],
  ['4 zeros', [0, 0, 0, 0]],
  ['5 ones', [1, 1, 1, 1, 1]],
  ['17, far apart', Array.from({ length: 17 }, (_, i) => 10 ** -i)],
  ['80, geometric', geometric(80)],
  ['80, of rank 3', [5, 4, 3, ...new Array(77).fill(0)]],
  ['80, the largest ones in threes', geometric(80).map((_, i) => 0.8 ** Math.floor(i / 3))],
  ['80, nearly equal', geometric(80).map((_, i) => 1 + 1e-7 * (80 - i))],
];

describe('Householder and QL find all eigenpairs of', () => {
  it.each(CASES)('%s', (_, values) => {
    const matrix = matrixOf(values);
    expectPairs(matrix, finish(allEigenpairs(matrix.slice(), values.length, values.length)), values);
  });
});

describe("Lanczos's method finds the largest eigenpairs of", () => {
  it.each(CASES)('%s', (_, values) => {
    const matrix = matrixOf(values);
    for (const wanted of [1, 2, 5, 12]) {
      const some = Math.min(wanted, values.length);
      expectPairs(matrix, finish(largestEigenpairs(matrix, values.length, some, 0)), values.slice(0, some));
    }
  });
});

it('a diagonal matrix has the columns of the unit matrix', () => {
  const { values, vectors } = finish(allEigenpairs(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3, 2));
  expect([...values]).toEqual([3, 2]);
  expect(vectors.map((vector) => [...vector].map(Math.abs))).toEqual([
    [0, 1, 0],
    [0, 0, 1],
  ]);
});
