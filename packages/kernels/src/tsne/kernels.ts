import { tsneBinary } from '../generated/tsne-binary.ts';
import { instantiateKernels } from '../instantiate-kernels.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/**
 * A sparse matrix of affinities, row by row: row i has the edges `rows[i]` to `rows[i + 1]`, a multiple of four of
 * them, the last of which may have a p of 0.
 */
export interface Edges {
  /** Uint32 `[count + 1]`. */
  rows: number;
  /** Uint32: 8 j for column j, which is where the place of point j begins. */
  columns: number;
  /** Float32. */
  p: number;
}

/** A step of gradient descent with momentum and gains. */
export interface Descent {
  /** Of the attraction. */
  exaggeration: number;
  /** Of the repulsion: `1 / Z`. */
  inverseZ: number;
  momentum: number;
  rate: number;
}

/** The buffers of a descent: float32 `[count, 2]` each, with room for a multiple of four numbers. */
export interface DescentState {
  places: number;
  velocities: number;
  /** 1 at first. */
  gains: number;
  attraction: number;
  repulsion: number;
}

/** New points over a map of fixed ones. */
export interface Settlement {
  /** `[count, 2]`, of the fixed points. */
  places: number;
  count: number;
  theta: number;
  /** `[otherCount, 2]`: where the new points go. */
  others: number;
  otherCount: number;
  /** Edges of each new point to fixed ones. */
  k: number;
  /** Uint32 `[otherCount, k]`: 8 j. */
  columns: number;
  /** `[otherCount, k]`, of sum 1 in each row. */
  p: number;
  /** At most. */
  steps: number;
  /** A point stops when it moves less. */
  tolerance: number;
}

/**
 * Kernels of t-SNE in two dimensions on float32 in one WebAssembly memory. Pointers are byte offsets into it; places
 * are `[count, 2]`, and q is `1 / (1 + |y_i - y_j|^2)`.
 */
export interface TsneKernels {
  /**
   * `p_(j|i)` of rows of `k` distances, ascending, by the width of each row at which the entropy is `entropy` (nats;
   * the logarithm of the perplexity), `[count, k]`.
   *
   * @param scratch `4 (k + 3)` bytes.
   */
  affinities(distances: number, count: number, k: number, entropy: number, p: number, scratch: number): void;
  /** `sum_j p_ij q_ij (y_i - y_j)`, `[count, 2]`; of the points `rows` alone, if they are given: from the first, up to the second. */
  attract(
    places: number,
    count: number,
    edges: Edges,
    out: number,
    rows?: { first: number; last: number },
  ): void;
  /** `sum_ij p_ij log(p_ij / q_ij)`, which is the Kullback-Leibler divergence minus `log Z`. */
  divergence(places: number, count: number, edges: Edges): number;
  /**
   * `sum_j q_ij^2 (y_i - y_j)`, `[count, 2]`, of all pairs.
   *
   * @param scratch `repulsionScratch(count)` bytes.
   * @returns `Z`, the sum of `q_ij` over all `i != j`.
   */
  repelExactly(places: number, count: number, out: number, scratch: number): number;
  /**
   * The same by Barnes and Hut's method: cells of a quadtree whose side is less than `theta` times their distance
   * count as a whole, by their centre and by how far their points spread around it. `theta` 0 gives `repelExactly`
   * but for rounding.
   */
  repel(places: number, count: number, theta: number, out: number, scratch: number): number;
  repulsionScratch(count: number): number;
  /**
   * The same by several threads, to the same bits: one plants a tree and cuts it to shares, each joins with memory of its own (who
   * planted has joined), all repel shares, and at the end one asks for `Z`.
   *
   * @param scratch `repulsionScratch(count)` bytes.
   */
  plant(places: number, count: number, theta: number, scratch: number): void;
  /** Cuts the planted tree to parts of at most `most` points, as far as that goes, and says how many there are. */
  cutTree(most: number): number;
  /** @param own `joiningScratch(count)` bytes. */
  joinRepulsion(count: number, theta: number, scratch: number, own: number): void;
  joiningScratch(count: number): number;
  repelShare(share: number, out: number): void;
  /** `Z`, once all shares are done. */
  normalization(count: number): number;
  /**
   * The points in an order in which near places follow each other mostly, by Morton's curve: Uint32 `[count]`.
   *
   * @param scratch `repulsionScratch(count)` bytes.
   */
  arrange(places: number, count: number, out: number, scratch: number): void;
  /**
   * `g = exaggeration attraction - inverseZ repulsion`; gains grow by 0.2 where the velocity goes against g, shrink
   * to 0.8 of themselves elsewhere, and stay above 0.01; `velocity = momentum velocity - rate gain g`; `places +=
   * velocity`.
   */
  descend(state: DescentState, count: number, descent: Descent): void;
  /** Subtracts the mean of all places; gives a number that is finite if all of them are. */
  center(places: number, count: number): number;
  /**
   * Moves each new point, for itself, from the place of its first edge to where its attraction and repulsion by the
   * fixed points are in balance.
   *
   * @param scratch `settleScratch(count)` bytes.
   */
  settle(settlement: Settlement, scratch: number): void;
  settleScratch(count: number): number;
}

/** What assembly/tsne/index.ts exports. */
type TsneExports = Pick<
  TsneKernels,
  | 'affinities'
  | 'arrange'
  | 'repelExactly'
  | 'repel'
  | 'repulsionScratch'
  | 'plant'
  | 'cutTree'
  | 'joinRepulsion'
  | 'joiningScratch'
  | 'repelShare'
  | 'normalization'
  | 'center'
  | 'settleScratch'
> &
  Record<'attract' | 'descend' | 'settle', (...args: number[]) => void> & {
    divergence(...args: number[]): number;
  };

/**
 * Compiles the kernels of t-SNE into a memory.
 *
 * Arithmetic is strict float32 and float64 in a fixed order: the same bits on every engine and machine.
 *
 * @example
 * const tsne = await createTsneKernels(createKernelMemory());
 */
export async function createTsneKernels(memory: KernelMemory): Promise<TsneKernels> {
  const wasm = await instantiateKernels<TsneExports>(tsneBinary, memory);
  const { affinities, arrange, repelExactly, repel, repulsionScratch, center, settleScratch } = wasm;
  const { plant, cutTree, joinRepulsion, joiningScratch, repelShare, normalization } = wasm;
  return {
    ...{ affinities, arrange, repelExactly, repel, repulsionScratch, center, settleScratch },
    ...{ plant, cutTree, joinRepulsion, joiningScratch, repelShare, normalization },
    attract(places, count, { rows, columns, p }, out, { first, last } = { first: 0, last: count }) {
      wasm.attract(places, first, last, rows, columns, p, out);
    },
    divergence: (places, count, { rows, columns, p }) => wasm.divergence(places, count, rows, columns, p),
    descend(
      { places, velocities, gains, attraction, repulsion },
      count,
      { exaggeration, inverseZ, momentum, rate },
    ) {
      wasm.descend(
        ...[places, velocities, gains, attraction, repulsion, 2 * count],
        ...[exaggeration, inverseZ, momentum, rate],
      );
    },
    settle(s, scratch) {
      wasm.settle(
        ...[s.places, s.count, s.theta, s.others, s.otherCount, s.k, s.columns, s.p],
        ...[s.steps, s.tolerance, scratch],
      );
    },
  };
}
