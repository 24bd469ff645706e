import type { Points } from '../points.ts';
import { countComponents } from './count-components.ts';
import { drawsFor } from './draws.ts';
import { principalLayout } from './principal-layout.ts';
import type { SparseGraph } from './sparse-graph.ts';
import { spectralLayout } from './spectral-layout.ts';
import type { UmapSettings } from './umap-options.ts';

/** The largest number of a layout, whatever made it. */
const EXTENT = 10;
const NOISE = 1e-4;

/** Places anywhere, evenly. */
export function randomLayout(count: number, components: number, seed: number): Float32Array {
  const random = drawsFor(seed, 'layout');
  return Float32Array.from({ length: count * components }, () => EXTENT * (2 * random.uniform() - 1));
}

/**
 * Places to begin with, from -10 to 10; yields after pieces of bounded length.
 *
 * Eigenvectors of a graph of neighbours lay most points in a heap and few far out: only their order is taken, spread
 * evenly, which made better maps of MNIST. Principal components are scaled. Both get noise of 1e-4, as umap-learn's.
 */
export function* initialize(
  points: Points,
  graph: SparseGraph,
  { init, components, seed }: Pick<UmapSettings, 'init' | 'components' | 'seed'>,
  warnings: string[],
): Generator<void, Float32Array> {
  const { count } = points;
  if (typeof init !== 'string') return init.slice();
  const isTiny = count <= components + 1;
  if (init === 'random' || isTiny) return randomLayout(count, components, seed);
  const random = drawsFor(seed, 'eigenvectors');
  const parts = init === 'spectral' ? countComponents(graph) : 1;
  if (parts > 1) {
    warnings.push(
      `init: the graph of neighbours has ${parts} parts, so that places begin with principal components`,
    );
  }
  const isSpectral = init === 'spectral' && parts === 1;
  const columns = isSpectral
    ? spread(yield* spectralLayout(graph, components, random))
    : scale(yield* principalLayout(points, components, random));
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
