import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { finishPieces } from '../testing/finish-pieces.ts';
import { fixturePoints, graphOf, umapFixture } from '../testing/umap-fixture.ts';
import { spectralLayout } from './spectral-layout.ts';

const layoutOf = (graph: ReturnType<typeof graphOf>, components: number) =>
  finishPieces(spectralLayout(graph, components, createRandom({ seed: 0, stream: Stream.projection })));

describe('spectralLayout', () => {
  it("finds SciPy's eigenvectors of the normalized Laplacian, but for their signs", () => {
    const vectors = layoutOf(graphOf(fixturePoints.count, umapFixture.united), 3);
    umapFixture.eigenvectors.forEach((expected, i) => {
      const dot = expected.reduce((sum, x, k) => sum + x * vectors[i]![k]!, 0);
      expect(Math.abs(dot)).toBeCloseTo(1, 6);
    });
  });

  it('lays a ring out as a circle', () => {
    const count = 90;
    const ring = Array.from({ length: count }, (_, i) => [(i + 1) % count, (i + count - 1) % count]).flatMap(
      (ends, i) => ends.sort((a, b) => a - b).map((j) => [i, j, 0.5] as const),
    );
    const [x, y] = layoutOf(graphOf(count, ring), 2) as [Float64Array, Float64Array];
    for (let i = 0; i < count; i++) {
      expect(Math.sqrt(x[i]! ** 2 + y[i]! ** 2)).toBeCloseTo(Math.sqrt(2 / count), 3);
    }
  });

  it('takes the known eigenvector away, whatever the degrees are', () => {
    const star = [1, 2, 3, 4, 5].map((j) => [0, j, 1] as const);
    const back = [1, 2, 3, 4, 5].map((j) => [j, 0, 1] as const);
    const [first, second] = layoutOf(graphOf(6, [...star, ...back]), 2) as [Float64Array, Float64Array];
    for (const vector of [first, second]) {
      const known = vector.reduce((sum, x, i) => sum + x * Math.sqrt(i === 0 ? 5 : 1), 0);
      expect(known).toBeCloseTo(0, 8);
    }
  });
});
