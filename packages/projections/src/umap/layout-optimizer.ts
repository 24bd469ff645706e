import type { EdgeSample, UmapKernels } from '@latentkit/kernels/umap';
import { drawsFor } from './draws.ts';
import { fillRates } from './edge-rates.ts';
import type { SparseGraph } from './sparse-graph.ts';
import type { UmapSettings } from './umap-options.ts';

/** Groups of four edges that a step moves at most: some 10 ms. */
const GROUPS_A_STEP = 2 ** 15;

/** Stochastic gradient descent under way. */
export interface LayoutOptimizer {
  /** Epochs that are over. */
  readonly epoch: number;
  readonly isDone: boolean;
  /** `[count, components]`, a copy. */
  readonly places: Float32Array;
  /** An epoch, or a part of a long one. */
  step(): void;
  /** Gives the memory back; places remain. */
  close(): void;
}

/** The learning rate of an epoch over the first one's. */
export function decay(epoch: number, epochs: number): number {
  const left = 1 - epoch / epochs;
  return left * left * left;
}

/**
 * Brings the likeness of places near the weights of the graph: minimizes the cross entropy of the two by samples of edges,
 * which attract, and of pairs at random, which repel.
 *
 * Each edge is there in both directions, and moves both its ends.
 *
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, algorithm 5
 */
export function createLayoutOptimizer(
  kernels: UmapKernels,
  { count, offsets, indices, weights }: SparseGraph,
  start: Float32Array,
  settings: Pick<UmapSettings, 'components' | 'epochs' | 'learningRate' | 'negativeSamples' | 'seed'>,
): LayoutOptimizer {
  const { components, epochs, learningRate, negativeSamples, seed } = settings;
  const { memory } = kernels;
  const edgeCount = indices.length;
  const padded = (edgeCount + 3) & ~3;
  // One place and one edge more, for groups that are not full.
  const heads = memory.allocate(4 * components * (count + 1));
  const edges = memory.allocate(8 * (edgeCount + 1));
  const rates = memory.allocate(4 * padded);
  const selected = memory.allocate(4 * (edgeCount + 4));
  const scratch = memory.allocate(32 * negativeSamples);
  const { buffer } = memory.memory;
  const view = new Float32Array(buffer, heads, components * (count + 1));
  view.fill(0);
  view.set(start);
  const pairs = new Int32Array(buffer, edges, 2 * (edgeCount + 1));
  for (let i = 0; i < count; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      pairs[2 * e] = i;
      pairs[2 * e + 1] = indices[e]!;
    }
  }
  pairs.fill(count, 2 * edgeCount);
  const rateView = new Uint32Array(buffer, rates, padded);
  rateView.fill(0);
  fillRates(weights, epochs, rateView);

  const copy = () => new Float32Array(memory.memory.buffer, heads, components * count).slice();
  let rest: Float32Array | undefined;
  let epoch = 0;
  let sample: EdgeSample | undefined;
  let nextGroup = 0;

  function sampleEdges(): EdgeSample {
    const taken = kernels.select(edgeCount, rates, epoch, selected);
    const random = drawsFor(seed, 'epoch', epoch);
    return {
      ...{ dimensions: components, heads, tails: heads, moveTails: true, edges, selected, scratch },
      ...{ groups: (taken + 3) >> 2, negatives: negativeSamples, others: count },
      rate: learningRate * decay(epoch, epochs),
      keys: [random.word(), random.word()],
    };
  }

  return {
    get epoch() {
      return epoch;
    },
    get isDone() {
      return epoch >= epochs;
    },
    get places() {
      return rest?.slice() ?? copy();
    },
    step() {
      if (epoch >= epochs) return;
      sample ??= sampleEdges();
      const end = Math.min(nextGroup + GROUPS_A_STEP, sample.groups);
      kernels.optimize(sample, nextGroup, end);
      nextGroup = end;
      if (end < sample.groups) return;
      epoch++;
      nextGroup = 0;
      sample = undefined;
    },
    close() {
      rest = copy();
      for (const block of [scratch, selected, rates, edges, heads]) memory.free(block);
    },
  };
}
