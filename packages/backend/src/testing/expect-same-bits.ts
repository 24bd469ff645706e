import type { NamedArrays } from '@latentkit/core';
import { expect } from 'vitest';

/** Passes if two records of arrays have the same names, shapes and bits. */
export function expectSameBits(actual: NamedArrays, expected: NamedArrays, what = ''): void {
  expect(shapesAndBits(actual), what).toEqual(shapesAndBits(expected));
}

function shapesAndBits(arrays: NamedArrays) {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [
      name,
      { shape: [...shape], bits: Buffer.from(Float32Array.from(data).buffer).toString('hex') },
    ]),
  );
}
