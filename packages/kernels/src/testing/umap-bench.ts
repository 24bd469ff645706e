import { createKernelMemory } from '../kernel-memory.ts';
import { createUmapKernels, type EdgeSample, type UmapKernels } from '../umap/kernels.ts';
import type { NaiveSample } from './naive-umap.ts';

/** UMAP's kernels in a memory of their own, with arrays put in and taken out. */
export interface UmapBench {
  readonly kernels: UmapKernels;
  /** Numbers of the edges of an epoch, with those that fill groups. */
  select(rates: Uint32Array, epoch: number): Int32Array;
  /** The heads after the groups `first` to `end` were moved; tails too where they are the same array. */
  optimize(sample: NaiveSample, first?: number, end?: number): Float32Array;
}

const FULL = 0x7fffffff;

export async function createUmapBench(): Promise<UmapBench> {
  const memory = createKernelMemory();
  const kernels = await createUmapKernels(memory);
  /** Copies an array into memory, rounded to the array's type there. */
  function put(numbers: ArrayLike<number>, type: typeof Float32Array | typeof Uint32Array): number {
    const pointer = memory.allocate(4 * numbers.length);
    new type(memory.memory.buffer, pointer, numbers.length).set(numbers);
    return pointer;
  }
  return {
    kernels,
    select(rates, epoch) {
      const padded = new Uint32Array((rates.length + 3) & ~3);
      padded.set(rates);
      const pointer = put(padded, Uint32Array);
      const room = rates.length + 4;
      const selected = put(new Uint32Array(room + 1).fill(FULL), Uint32Array);
      const taken = kernels.select(rates.length, pointer, epoch, selected);
      const written = new Int32Array(memory.memory.buffer, selected, room + 1).slice();
      if (written[room] !== FULL) throw new Error('select wrote outside its output');
      memory.free(selected);
      memory.free(pointer);
      return written.slice(0, (taken + 3) & ~3);
    },
    optimize(sample, first = 0, end = sample.selected.length / 4) {
      const { a, b, repulsion, dimensions, moveTails, negatives, others, rate, keys } = sample;
      kernels.setForces(a, b, repulsion);
      const heads = put(sample.heads, Float32Array);
      const tails = sample.tails === sample.heads ? heads : put(sample.tails, Float32Array);
      const edges = put(sample.edges, Uint32Array);
      const selected = put(sample.selected, Uint32Array);
      const scratch = memory.allocate(32 * negatives);
      const inMemory: EdgeSample = {
        ...{ dimensions, heads, tails, moveTails, edges, selected, groups: sample.selected.length / 4 },
        ...{ negatives, others, rate, keys, scratch },
      };
      kernels.optimize(inMemory, first, end);
      const moved = new Float32Array(memory.memory.buffer, heads, sample.heads.length).slice();
      for (const block of new Set([scratch, selected, edges, tails, heads])) memory.free(block);
      return moved;
    },
  };
}
