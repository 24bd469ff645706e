import { growMemory } from './grow-memory.ts';

const ALIGNMENT = 64;
const LEAST_BYTES = 2 ** 20;

/** Blocks in a memory; one given back is used again for the same size, as programs of one shape need the same sizes. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  free(pointer: number): void;
}

export function createHeap(memory: WebAssembly.Memory): Heap {
  const sizes = new Map<number, number>();
  const free = new Map<number, number[]>();
  let next = 0;
  let end = 0;
  return {
    memory,
    allocate(bytes) {
      const size = Math.ceil(Math.max(1, bytes) / ALIGNMENT) * ALIGNMENT;
      const again = free.get(size)?.pop();
      if (again !== undefined) return again;
      if (next + size > end) {
        const room = Math.max(size, LEAST_BYTES);
        next = growMemory(memory, room);
        end = next + room;
      }
      const pointer = next;
      next += size;
      sizes.set(pointer, size);
      return pointer;
    },
    free(pointer) {
      const size = sizes.get(pointer)!;
      free.set(size, [...(free.get(size) ?? []), pointer]);
    },
  };
}
