import { createRandom, Stream } from '@latentkit/core';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { Projection } from '../projection.ts';
import { type Work, within } from '../work.ts';
import { pointAffinities, symmetrize } from './affinities.ts';
import { type OptimizationBuffers, rearrange, rest } from './optimize.ts';
import type { TsneParts, TsnePlan } from './tsne-parts.ts';

const DEVIATION = 1e-4;
// Columns that vary less than this share of the first are left to chance: points on a line could never leave it.
const LEAST_SHARE = 1e-6;

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

/** Normal places of standard deviation 1e-4, `[count, 2]`. */
export function randomPlaces(count: number, seed: number): Float32Array {
  const random = createRandom({ seed, stream: Stream.projection });
  return Float32Array.from({ length: 2 * count }, () => DEVIATION * random.normal());
}

/**
 * The codes of a PCA of one or two components, scaled so that the first has a standard deviation of 1e-4. A column
 * that does not vary, or is missing, is random.
 */
export function* principalPlaces(pca: Projection, seed: number): Work<Float32Array> {
  while (pca.progress.stage !== 'done') {
    pca.step();
    yield pca.progress.fraction;
  }
  const { count, components } = pca;
  const codes = pca.embedding;
  const deviations = Array.from({ length: components }, (_, c) => deviationOf(codes, count, components, c));
  const first = deviations[0]!;
  const places = randomPlaces(count, seed);
  for (const [c, deviation] of deviations.entries()) {
    if (!(deviation > LEAST_SHARE * first)) continue;
    for (let i = 0; i < count; i++) places[2 * i + c] = (codes[i * components + c]! / first) * DEVIATION;
  }
  return places;
}

function deviationOf(codes: Float32Array, count: number, components: number, column: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += codes[i * components + column]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (codes[i * components + column]! - mean) ** 2;
  return Math.sqrt(squares / count);
}
