import { readFileSync } from 'node:fs';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { createNeighborSearch } from '../neighbors/neighbor-search.ts';
import type { Points } from '../points.ts';
import type { SparseGraph } from '../umap/sparse-graph.ts';

/** An edge: from, to, weight. */
type Entry = [number, number, number];

interface UmapFixture {
  neighbors: number;
  shape: [number, number];
  points: number[];
  /** By local connectivity: pairs of rho and sigma. */
  smoothing: Record<string, number[]>;
  labels: number[];
  united: Entry[];
  /** With a mix ratio of 0.3. */
  mixed: Entry[];
  /** With a target weight of 0.5. */
  supervised: Entry[];
  eigenvalues: number[];
  eigenvectors: number[][];
  curves: { minDist: number; spread: number; a: number; b: number }[];
}

/** What scripts/umap-goldens.py computed. */
export const umapFixture: UmapFixture = JSON.parse(
  readFileSync(new URL('../../fixtures/umap.json', import.meta.url), 'utf8'),
);

const [count, dimensions] = umapFixture.shape;

export const fixturePoints: Points = {
  ...{ data: Float32Array.from(umapFixture.points), count, dimensions },
};

/** All neighbours of some points. */
export async function neighborsOf(points: Points, k: number): Promise<NeighborGraph> {
  const search = await createNeighborSearch(points, { k });
  while (!search.graph) search.step();
  return search.graph;
}

/** The entries of a graph that are not 0, in order. */
export function entriesOf({ count, offsets, indices, weights }: SparseGraph): Entry[] {
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      if (weights[e] !== 0) entries.push([i, indices[e]!, weights[e]!]);
    }
  }
  return entries.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** A graph of entries in order. */
export function graphOf(count: number, entries: readonly (readonly [number, number, number])[]): SparseGraph {
  const offsets = Int32Array.from(
    { length: count + 1 },
    (_, i) => entries.filter(([from]) => from < i).length,
  );
  return {
    ...{ count, offsets, indices: Int32Array.from(entries, ([, to]) => to) },
    weights: Float32Array.from(entries, ([, , weight]) => weight),
  };
}
