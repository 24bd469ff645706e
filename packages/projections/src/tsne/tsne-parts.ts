import type { KernelMemory } from '@latentkit/kernels';
import type { TsneKernels } from '@latentkit/kernels/tsne';
import type { NeighborSearch } from '../neighbors/neighbor-search.ts';
import type { Projection } from '../projection.ts';

/** What is to be done, every number checked and settled. */
export interface TsnePlan {
  readonly count: number;
  readonly dimensions: number;
  readonly perplexity: number;
  /** Neighbours whose affinities are not taken as 0; none for a point alone. */
  readonly k: number;
  readonly init: 'pca' | 'random' | Float32Array;
  readonly jitter: number;
  readonly learningRate: number;
  readonly exaggeration: number;
  readonly exaggerationIterations: number;
  readonly iterations: number;
  readonly theta: number;
  readonly metric: 'euclidean' | 'cosine';
  readonly earlyStop: number | false;
  readonly seed: number;
  readonly workers: number;
  readonly memoryBudget: number;
  readonly warnings: readonly string[];
}

/** What a fit is made with. */
export interface TsneParts {
  readonly memory: KernelMemory;
  readonly tsne: TsneKernels;
  /** Undefined for a point alone. */
  readonly search: NeighborSearch | undefined;
  /** Undefined where the start is not the principal components. */
  readonly pca: Projection | undefined;
}

/** What of a plan is saved with a map: JSON. */
export interface TsneSettings extends Omit<TsnePlan, 'init' | 'workers' | 'memoryBudget'> {
  readonly init: 'pca' | 'random' | 'given';
}

export function settingsOf({ init, workers: _, memoryBudget: __, ...plan }: TsnePlan): TsneSettings {
  return { ...plan, init: typeof init === 'string' ? init : 'given' };
}

/**
 * Bytes that a point's edges take in the sparse matrix, at most: its own neighbours, those whose neighbour it is,
 * padding.
 */
const edgeBytes = (k: number) => 8 * (2 * k + 3);

// Sorting, the tree and its lists take 59 numbers a point, its place and what moves it 10, rows 1; the rest is padding.
const NUMBERS_A_POINT = 80;
// Lists of another thread.
const NUMBERS_A_WORKER = 25;
const KERNEL_BYTES = 2 ** 21;

/** Bytes of the memory that the optimization's kernels work in, at most. */
export function optimizationBytes(count: number, k: number, workers: number): number {
  return (
    workers * KERNEL_BYTES + count * (edgeBytes(k) + 4 * (NUMBERS_A_POINT + (workers - 1) * NUMBERS_A_WORKER))
  );
}

/**
 * Bytes that t-SNE takes at most, about: a copy of the points, the search for neighbours, affinities, the
 * optimization.
 */
export function tsneBytes(count: number, dimensions: number, k: number, workers: number): number {
  const search = 8 * count * (dimensions + 2 * k + 16);
  const affinities = count * (12 * k + 8);
  return 4 * count * dimensions + search + affinities + optimizationBytes(count, k, workers);
}
