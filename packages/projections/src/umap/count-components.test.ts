import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/umap-fixture.ts';
import { countComponents } from './count-components.ts';

const bothWays = (edges: readonly (readonly [number, number, number])[]) =>
  edges
    .flatMap(([i, j, weight]) => [[i, j, weight] as const, [j, i, weight] as const])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);

describe('countComponents', () => {
  it('counts points without edges, and what edges join', () => {
    expect(countComponents(graphOf(4, []))).toBe(4);
    expect(
      countComponents(
        graphOf(
          5,
          bothWays([
            [0, 3, 0.1],
            [3, 4, 1],
            [1, 2, 1],
          ]),
        ),
      ),
    ).toBe(2);
    expect(
      countComponents(
        graphOf(
          3,
          bothWays([
            [0, 2, 1],
            [2, 1, 1],
          ]),
        ),
      ),
    ).toBe(1);
  });

  it('does not take a weight of 0 for an edge', () => {
    expect(countComponents(graphOf(2, bothWays([[0, 1, 0]])))).toBe(2);
  });
});
