import { createPca } from '../pca/create-pca.ts';
import type { Points } from '../points.ts';
import type { Projection } from '../projection.ts';
import { countComponents } from './count-components.ts';
import { drawsFor } from './draws.ts';
import { principalLayout } from './principal-layout.ts';
import type { SparseGraph } from './sparse-graph.ts';
import { spectralLayout } from './spectral-layout.ts';
import type { UmapSettings } from './umap-options.ts';

/** The largest number of a layout, whatever made it. */
const EXTENT = 10;
const NOISE = 1e-4;

/** Whether there are too few points for that many eigenvectors. */
const isTiny = (count: number, components: number) => count <= components + 1;

/** A principal component analysis where places may begin with it, which is seen once the graph is there. */
export async function preparePca(
  points: Points,
  { init, components, seed, memoryBudget }: UmapSettings,
): Promise<Projection | undefined> {
  const { count, dimensions } = points;
  if (typeof init !== 'string' || init === 'random' || isTiny(count, components)) return undefined;
  return createPca(points, { components: Math.min(components, count, dimensions), seed, memoryBudget });
}

/** Places anywhere, evenly. */
export function randomLayout(count: number, components: number, seed: number): Float32Array {
  const random = drawsFor(seed, 'layout');
  return Float32Array.from({ length: count * components }, () => EXTENT * (2 * random.uniform() - 1));
}

/**
 * Places to begin with, from -10 to 10; yields after pieces of bounded length.
 *
 * Eigenvectors of a graph of neighbours lay most points in a heap and few far out: only their order is taken, spread
 * evenly, which made better maps of MNIST (trustworthiness 0.9615 for 0.9605, 10,000 points, mean of 7). Principal components are scaled. Both get noise of 1e-4, as umap-learn's.
 *
 * @param pca of `preparePca`.
 */
export function* initialize(
  graph: SparseGraph,
  pca: Projection | undefined,
  { init, components, seed }: Pick<UmapSettings, 'init' | 'components' | 'seed'>,
  warnings: string[],
): Generator<void, Float32Array> {
  const { count } = graph;
  if (typeof init !== 'string') return init.slice();
  if (!pca || isTiny(count, components)) return randomLayout(count, components, seed);
  const parts = init === 'spectral' ? countComponents(graph) : 1;
  if (parts > 1) {
    warnings.push(
      `init: the graph of neighbours has ${parts} parts, so that places begin with principal components`,
    );
  }
  const isSpectral = init === 'spectral' && parts === 1;
  const columns = isSpectral
    ? spread(yield* spectralLayout(graph, components, drawsFor(seed, 'eigenvectors')))
    : scale(yield* principalLayout(pca, components));
  const noise = drawsFor(seed, 'noise');
  return Float32Array.from(
    { length: count * components },
    (_, at) => columns[at % components]![Math.floor(at / components)]! + NOISE * noise.normal(),
  );
}

/** Ranks in each column, of equal numbers by row, from -10 to 10. */
function spread(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((column) => {
    const order = Uint32Array.from(column, (_, i) => i).sort((i, j) => column[i]! - column[j]! || i - j);
    const ranks = new Float64Array(column.length);
    order.forEach((i, rank) => {
      ranks[i] = EXTENT * ((2 * rank) / (column.length - 1) - 1);
    });
    return ranks;
  });
}

/** All columns by one factor, so that the largest number is 10. */
function scale(columns: readonly Float64Array[]): Float64Array[] {
  const largest = columns.reduce(
    (most, column) => column.reduce((m, x) => Math.max(m, Math.abs(x)), most),
    0,
  );
  return columns.map((column) => column.map((x) => (largest > 0 ? (EXTENT * x) / largest : 0)));
}
