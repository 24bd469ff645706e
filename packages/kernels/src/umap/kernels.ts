import { umapBinary } from '../generated/umap-binary.ts';
import { instantiateKernels } from '../instantiate-kernels.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** The edges that an epoch takes, and the places that they move. All pointers are byte offsets. */
export interface EdgeSample {
  /** Numbers of a place. */
  dimensions: number;
  /** Places of the edges' heads, float32 `[.., dimensions]`. */
  heads: number;
  /** Places of the edges' tails; may be the heads themselves. */
  tails: number;
  /** Whether tails move as well. */
  moveTails: boolean;
  /** Pairs of head and tail, int32. One pair more than there are edges fills groups: a head that nobody wants, any tail. */
  edges: number;
  /** Numbers of edges, as `select` writes them: four runs of `groups`. */
  selected: number;
  /** A fourth of the edges taken, rounded up. */
  groups: number;
  /** Repelling tails for each edge, drawn from the first `others` tails. */
  negatives: number;
  others: number;
  /** Learning rate. */
  rate: number;
  /** Two words that the draws are made with; 32 bits. */
  keys: readonly [number, number];
  /** Room for 32 bytes for each of `negatives`. */
  scratch: number;
}

/** Kernels of UMAP's optimization in one WebAssembly memory. */
export interface UmapKernels {
  /** Where the operands are, and what gives room. */
  readonly memory: KernelMemory;
  /** The likeness `1 / (1 + a d^2b)` of places at distance d, and the strength of repulsion, from now on. */
  setForces(a: number, b: number, repulsion: number): void;
  /**
   * Writes the numbers of the edges that epoch `epoch` takes to `selected`, room for `count + 4`: edge e is taken
   * `floor(epochs rate / 2^32)` times in that many epochs, evenly.
   *
   * @param rates uint32, a multiple of 4 of them, 0 after the first `count`.
   * @returns how many there are.
   */
  select(count: number, rates: number, epoch: number, selected: number): number;
  /**
   * Moves the places of groups `first` to `end` of a sample, each edge's head by the sum of one attraction and `negatives`
   * repulsions, in place. Four edges at a time do not see each other's moves; the next four do.
   *
   * The gradient is held to -4 to 4 in each coordinate, before the learning rate.
   */
  optimize(sample: EdgeSample, first: number, end: number): void;
}

/** What assembly/umap/index.ts exports. */
interface UmapExports {
  setForces(a: number, b: number, repulsion: number): void;
  select(count: number, rates: number, epoch: number, selected: number): number;
  optimizePlane(...args: number[]): void;
  optimizeSpace(...args: number[]): void;
}

/**
 * Compiles the kernels into a memory, e.g. one of `createKernelMemory`.
 *
 * Arithmetic is strict float32 in a fixed order: the same bits on every engine and machine.
 *
 * @example
 * const umap = await createUmapKernels(createKernelMemory());
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, algorithm 5
 */
export async function createUmapKernels(memory: KernelMemory): Promise<UmapKernels> {
  const wasm = await instantiateKernels<UmapExports>(umapBinary, memory);
  return {
    memory,
    setForces: wasm.setForces,
    select: wasm.select,
    optimize(sample, first, end) {
      const { dimensions, heads, tails, edges, selected, groups, others, negatives, rate, keys } = sample;
      const move = sample.moveTails ? 1 : 0;
      // A call moves few edges at times: no arrays are made for it.
      if (dimensions !== 2) {
        // biome-ignore format: the order of the ABI
        wasm.optimizeSpace(dimensions, heads, tails, edges, selected, groups, first, end, others, negatives, rate, keys[0], keys[1], move);
        return;
      }
      // biome-ignore format: the order of the ABI
      wasm.optimizePlane(heads, tails, edges, selected, groups, first, end, others, negatives, rate, keys[0], keys[1], move, sample.scratch);
    },
  };
}
