import type { EdgeSample, UmapKernels } from '@latentkit/kernels/umap';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { drawsFor } from './draws.ts';
import { fillRates } from './edge-rates.ts';
import { decay } from './layout-optimizer.ts';
import { fillMemberships } from './memberships.ts';
import type { UmapSettings } from './umap-options.ts';

/** What placing new points goes by. */
export interface PlacingSettings
  extends Pick<
    UmapSettings,
    'components' | 'epochs' | 'learningRate' | 'localConnectivity' | 'negativeSamples' | 'repulsion' | 'seed'
  > {
  /** Of the curve of likeness. */
  readonly a: number;
  readonly b: number;
}

/**
 * Places points by their neighbours on a map, which stays as it is: each begins at the mean of its neighbours, weighted by
 * membership, and goes a third of the epochs at a fourth of the learning rate, as in umap-learn.
 *
 * Memberships are those that the point would have had on the map. (umap-learn lowers localConnectivity by 1: of 1,000 new
 * images of digits, 927 were then of the digit of most of their 10 nearest on a map of 9,000; so they were 941.)
 *
 * A point's draws depend on the seed, the epoch and the neighbour's rank alone, so that its place does not depend on what
 * else is placed.
 *
 * @param graph neighbours of the new points among those of the map.
 * @param places of the map, `[.., components]`.
 * @returns `[graph.count, components]`.
 */
export function placeNewPoints(
  kernels: UmapKernels,
  graph: NeighborGraph,
  places: Float32Array,
  settings: PlacingSettings,
): Float32Array {
  const { components, negativeSamples, learningRate, localConnectivity, seed } = settings;
  const { count, k, indices } = graph;
  const epochs = Math.max(1, Math.round(settings.epochs / 3));
  const weights = new Float32Array(count * k);
  fillMemberships(graph, weights, localConnectivity, 0, count);
  const placed = new Float32Array(count * components);
  const words = Array.from({ length: epochs }, (_, epoch) => {
    const random = drawsFor(seed, 'transform', epoch);
    return [random.word(), random.word()] as const;
  });
  const learningRates = words.map((_, epoch) => (learningRate / 4) * decay(epoch, epochs));

  const { memory } = kernels;
  const tails = memory.allocate(4 * places.length);
  const heads = memory.allocate(4 * 2 * components);
  const edges = memory.allocate(8 * (k + 1));
  const rates = memory.allocate(4 * (k + 3));
  const selected = memory.allocate(4 * (k + 4));
  const scratch = memory.allocate(32 * negativeSamples);
  const { buffer } = memory.memory;
  new Float32Array(buffer, tails, places.length).set(places);
  const head = new Float32Array(buffer, heads, 2 * components);
  const pairs = new Int32Array(buffer, edges, 2 * (k + 1));
  const rateView = new Uint32Array(buffer, rates, k + 3);
  kernels.setForces(settings.a, settings.b, settings.repulsion);
  const sample: EdgeSample = {
    ...{ dimensions: components, heads, tails, moveTails: false, edges, selected, scratch },
    ...{ negatives: negativeSamples, others: places.length / components },
    ...{ groups: 0, rate: 0, keys: [0, 0] },
  };
  try {
    for (let i = 0; i < count; i++) {
      const row = indices.subarray(i * k, (i + 1) * k);
      const strengths = weights.subarray(i * k, (i + 1) * k);
      head.fill(0);
      head.set(weightedMean(places, row, strengths, components));
      pairs.fill(0);
      row.forEach((j, rank) => {
        pairs[2 * rank + 1] = j;
      });
      pairs[2 * k] = 1; // the place that nobody wants
      rateView.fill(0);
      fillRates(strengths, epochs, rateView);
      for (let epoch = 0; epoch < epochs; epoch++) {
        sample.groups = (kernels.select(k, rates, epoch, selected) + 3) >> 2;
        sample.rate = learningRates[epoch]!;
        sample.keys = words[epoch]!;
        kernels.optimize(sample, 0, sample.groups);
      }
      placed.set(head.subarray(0, components), i * components);
    }
  } finally {
    for (const block of [scratch, selected, rates, edges, heads, tails]) memory.free(block);
  }
  return placed;
}

function weightedMean(
  places: Float32Array,
  row: Int32Array,
  weights: Float32Array,
  components: number,
): Float64Array {
  const mean = new Float64Array(components);
  let total = 0;
  for (let j = 0; j < row.length; j++) {
    total += weights[j]!;
    for (let c = 0; c < components; c++) mean[c]! += weights[j]! * places[row[j]! * components + c]!;
  }
  return mean.map((sum) => sum / total);
}
