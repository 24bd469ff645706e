import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { type Work, within } from '../work.ts';
import type { TsneParts } from './fit-tsne.ts';
import { principalPlaces, randomPlaces } from './initial-places.ts';
import type { OptimizationBuffers } from './optimize.ts';
import type { TsnePlan } from './plan-tsne.ts';
import { pointAffinities } from './point-affinities.ts';
import { rearrange } from './rearrange.ts';
import { rest } from './rest.ts';
import { symmetrize } from './symmetrize.ts';

/** Affinities of neighbours, and where points start, in the kernels' memory. */
export function* startTsne(
  { memory, tsne, pca }: Pick<TsneParts, 'memory' | 'tsne' | 'pca'>,
  graph: NeighborGraph,
  { count, k, perplexity, init, seed }: TsnePlan,
): Work<OptimizationBuffers> {
  const affinities = yield* within(pointAffinities(memory, tsne, graph, perplexity), 0, 0.3);

  const mostEdges = count * (2 * k + 3);
  const numbers = (length: number) => memory.allocate(4 * length);
  const edges = { rows: numbers(count + 1), columns: numbers(mostEdges), p: numbers(mostEdges) };
  // Pairs of places are read and written four numbers at a time.
  const [places, velocities, gains, attraction, repulsion] = Array.from({ length: 5 }, () =>
    numbers(2 * count + 2),
  ) as [number, number, number, number, number];
  const scratch = memory.allocate(tsne.repulsionScratch(count));

  const { buffer } = memory.memory;
  const start = pca ? yield* within(principalPlaces(pca, seed), 0.3, 0.7) : placesOf(init, count, seed);
  for (const pointer of [places, attraction, repulsion]) {
    new Float32Array(buffer, pointer, 2 * count + 2).fill(0);
  }
  rest(memory, { velocities, gains }, count);
  new Float32Array(buffer, places, 2 * count).set(start);
  const order = new Uint32Array(count).map((_, row) => row);
  const views = {
    rows: new Uint32Array(buffer, edges.rows, count + 1),
    columns: new Uint32Array(buffer, edges.columns, mostEdges),
    p: new Float32Array(buffer, edges.p, mostEdges),
  };
  const writeEdges = () => symmetrize(graph, affinities, order, views);
  const buffers = { edges, places, velocities, gains, attraction, repulsion, scratch, order, writeEdges };
  yield* within(rearrange({ memory, tsne }, buffers), 0.7, 1);
  return buffers;
}

function placesOf(init: TsnePlan['init'], count: number, seed: number): Float32Array {
  return typeof init === 'string' ? randomPlaces(count, seed) : init;
}
