import { createKernelMemory } from '../kernel-memory.ts';
import type { Arithmetic } from '../nn/arithmetic.ts';
import { createNnKernels, type NnKernels } from '../nn/kernels.ts';

/** Kernels in a memory of their own, with arrays put in and taken out. */
export interface KernelBench {
  readonly nn: NnKernels;
  /** Copies numbers into memory. */
  put(numbers: Float32Array): number;
  /**
   * What `compute` writes to a block of `count` numbers. The block begins as NaN, with NaN around it: a number that is
   * not written shows, and one written outside throws. Frees everything that was put.
   */
  take(count: number, compute: (pointer: number) => void): Float32Array;
}

const MARGIN = 16;

export async function createKernelBench(arithmetic?: Arithmetic): Promise<KernelBench> {
  const memory = createKernelMemory();
  const nn = await createNnKernels(memory, { arithmetic });
  const taken: number[] = [];
  const allocate = (count: number) => {
    const pointer = memory.allocate(4 * count);
    taken.push(pointer);
    return pointer;
  };
  return {
    nn,
    put(numbers) {
      const pointer = allocate(numbers.length);
      new Float32Array(memory.memory.buffer, pointer, numbers.length).set(numbers);
      return pointer;
    },
    take(count, compute) {
      const pointer = allocate(count + 2 * MARGIN);
      new Float32Array(memory.memory.buffer, pointer, count + 2 * MARGIN).fill(Number.NaN);
      compute(pointer + 4 * MARGIN);
      const all = new Float32Array(memory.memory.buffer, pointer, count + 2 * MARGIN);
      const around = [...all.subarray(0, MARGIN), ...all.subarray(MARGIN + count)];
      if (!around.every(Number.isNaN)) throw new Error('a kernel wrote outside its output');
      const numbers = all.slice(MARGIN, MARGIN + count);
      for (const block of taken.splice(0).reverse()) memory.free(block);
      return numbers;
    },
  };
}
