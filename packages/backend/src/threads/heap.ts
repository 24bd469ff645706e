import { LatentkitError } from '@latentkit/core';
import { growMemory } from './grow-memory.ts';

const ALIGNMENT = 64;
const LEAST_BYTES = 2 ** 20;

/** Blocks in a memory; one given back is used again for the same size, as programs of one shape need the same sizes. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  /** Throws `E_USAGE` for a pointer that is not taken. */
  free(pointer: number): void;
}

export function createHeap(memory: WebAssembly.Memory): Heap {
  const taken = new Map<number, number>(); // sizes by pointer
  const free = new Map<number, number[]>();
  let next = 0;
  let end = 0;
  const carve = (size: number) => {
    if (next + size > end) {
      const room = Math.max(size, LEAST_BYTES);
      next = growMemory(memory, room);
      end = next + room;
    }
    next += size;
    return next - size;
  };
  return {
    memory,
    allocate(bytes) {
      const size = Math.ceil(Math.max(1, bytes) / ALIGNMENT) * ALIGNMENT;
      const pointer = free.get(size)?.pop() ?? carve(size);
      taken.set(pointer, size);
      return pointer;
    },
    free(pointer) {
      const size = taken.get(pointer);
      if (size === undefined) throw new LatentkitError('E_USAGE', `heap: no block at ${pointer} is taken`);
      taken.delete(pointer);
      free.set(size, [...(free.get(size) ?? []), pointer]);
    },
  };
}
