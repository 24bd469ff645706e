import { createKernelMemory } from '../kernel-memory.ts';
import { createTsneKernels, type TsneKernels } from '../tsne/kernels.ts';

/** The kernels of t-SNE in a memory of their own, with arrays put in and taken out. */
export interface TsneBench {
  readonly tsne: TsneKernels;
  /** Copies numbers into memory. */
  put(numbers: Float32Array | Uint32Array): number;
  /** Room of this many bytes, filled with what is no number. */
  room(bytes: number): number;
  /** A copy of float32 numbers; throws when something was written after their end. */
  take(pointer: number, count: number): Float32Array;
  /** Frees everything. */
  clear(): void;
}

const MARGIN = 16;

export async function createTsneBench(): Promise<TsneBench> {
  const memory = createKernelMemory();
  const tsne = await createTsneKernels(memory);
  const taken: number[] = [];
  const room = (bytes: number) => {
    const pointer = memory.allocate(bytes + 4 * MARGIN);
    taken.push(pointer);
    new Uint8Array(memory.memory.buffer, pointer, bytes + 4 * MARGIN).fill(0xff);
    return pointer;
  };
  return {
    tsne,
    room,
    put(numbers) {
      const pointer = room(4 * numbers.length);
      new Uint8Array(memory.memory.buffer, pointer).set(
        new Uint8Array(numbers.buffer, numbers.byteOffset, 4 * numbers.length),
      );
      return pointer;
    },
    take(pointer, count) {
      const all = new Float32Array(memory.memory.buffer, pointer, count + MARGIN);
      if (!all.subarray(count).every(Number.isNaN)) throw new Error('a kernel wrote beyond its output');
      return all.slice(0, count);
    },
    clear() {
      for (const pointer of taken.splice(0)) memory.free(pointer);
    },
  };
}
