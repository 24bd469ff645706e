import type { Random } from '@latentkit/core';
import type { Work } from '../work.ts';
import { norm, randomUnit, removeFrom } from './vectors.ts';

/**
 * Makes vectors orthonormal in their order, in place, by Gram and Schmidt's method; one that depends on those before it
 * becomes a random one.
 */
export function* orthonormalize(vectors: Float64Array[], random: Random): Work<void> {
  for (let i = 0; i < vectors.length; i++) {
    const vector = vectors[i]!;
    const done = vectors.slice(0, i);
    const before = norm(vector);
    removeFrom(vector, done);
    const length = norm(vector);
    if (length > 1e-12 * before) {
      for (let k = 0; k < vector.length; k++) vector[k]! /= length;
    } else {
      vector.set(randomUnit(vector.length, done, random));
    }
    yield (i + 1) / vectors.length;
  }
}
