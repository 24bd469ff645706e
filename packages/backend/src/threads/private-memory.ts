import type { KernelMemory } from '@latentkit/kernels';
import { growMemory } from './grow-memory.ts';

const ALIGNMENT = 64;
const LEAST_BYTES = 2 ** 21;

/**
 * Room in a memory that other threads use too: a stack in pages of this thread's own. Growing the memory is how a thread
 * gets pages that nobody else has.
 */
export function createPrivateMemory(memory: WebAssembly.Memory): KernelMemory {
  let first = 0;
  let next = 0;
  let end = 0;
  return {
    memory,
    allocate(bytes) {
      const size = Math.ceil(Math.max(1, bytes) / ALIGNMENT) * ALIGNMENT;
      if (next + size > end) {
        const room = Math.max(size, LEAST_BYTES);
        first = growMemory(memory, room);
        next = first;
        end = first + room;
      }
      const pointer = next;
      next += size;
      return pointer;
    },
    free(pointer) {
      // What was taken last is given back first. A block of pages that were too small before is left behind.
      if (pointer >= first && pointer < next) next = pointer;
    },
  };
}
