import { LatentkitError } from '@latentkit/core';

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

/** Where kernels find their operands: a WebAssembly memory and a way to get room in it. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  /** Room for `bytes` bytes, as a pointer; may grow the memory, so take views after it, never before. */
  allocate(bytes: number): number;
  /** Gives back what `allocate` gave. */
  free(pointer: number): void;
}

/**
 * A memory of its own, for programs without tfjs: blocks are handed out one after the other, and the room is used
 * again once all of them are free.
 *
 * @param maxBytes refuses to grow beyond (1 GiB by default).
 * @example
 * const memory = createKernelMemory();
 * const pointer = memory.allocate(4 * 1000);
 */
export function createKernelMemory({ maxBytes = 2 ** 30 }: { maxBytes?: number } = {}): KernelMemory {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: Math.ceil(maxBytes / PAGE_BYTES) });
  let next = ALIGNMENT; // 0 is "none" in the kernels' arguments
  let blocks = 0;
  return {
    memory,
    allocate(bytes) {
      const pointer = next;
      const end = pointer + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
      if (end > maxBytes) {
        throw new LatentkitError(
          'E_LIMIT',
          `createKernelMemory: ${end} bytes exceed the limit of ${maxBytes}`,
          {
            fix: 'Free blocks, or raise maxBytes',
          },
        );
      }
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      next = end;
      blocks++;
      return pointer;
    },
    free() {
      if (--blocks === 0) next = ALIGNMENT;
    },
  };
}
