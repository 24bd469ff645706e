import type { Projection } from '../projection.ts';

/**
 * Codes of a principal component analysis, run to its end; yields after each step of it.
 *
 * @param pca of as many components as there are, up to those of the map.
 * @returns `components` vectors of a number a point; zeros beyond the codes.
 */
export function* principalLayout(pca: Projection, components: number): Generator<void, Float64Array[]> {
  while (pca.progress.stage !== 'done') {
    pca.step();
    yield;
  }
  const codes = pca.embedding;
  return Array.from({ length: components }, (_, c) =>
    Float64Array.from({ length: pca.count }, (_, i) =>
      c < pca.components ? codes[i * pca.components + c]! : 0,
    ),
  );
}
