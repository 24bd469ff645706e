import type { Examples } from '@latentkit/core';

/** A set with the classes that a reader gave its examples, which a conditional model is told. */
export function withLabels(set: Examples, labels: ArrayLike<number> | undefined): Examples {
  if (set.labels || !labels || !Array.from(labels).every((label) => label >= 0)) return set;
  return { ...set, labels: Uint32Array.from({ length: set.count }, (_, i) => labels[i]!) };
}
