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
 * A memory of its own, for programs without tfjs: blocks lie one after the other, and a block's room is used again once
 * it and all blocks after it are free, as on a stack.
 *
 * @param maxBytes refuses to grow beyond (1 GiB by default; at most 4 GiB).
 * @param shared lets other threads work in it too; off by default.
 * @returns `allocate` throws `E_LIMIT` beyond `maxBytes`, `free` throws `E_USAGE` for a pointer that is not taken.
 * @example
 * const memory = createKernelMemory();
 * const pointer = memory.allocate(4 * 1000);
 */
export function createKernelMemory({
  maxBytes = 2 ** 30,
  shared = false,
}: {
  maxBytes?: number;
  shared?: boolean;
} = {}): KernelMemory {
  const pages = Math.ceil(maxBytes / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: Math.min(1, pages), maximum: pages, shared });
  // In the order of their pointers. 0 is "none" in the kernels' arguments, so the first begins after it.
  const blocks: { pointer: number; taken: boolean }[] = [];
  let next = ALIGNMENT;
  return {
    memory,
    allocate(bytes) {
      const pointer = next;
      // A block of no bytes takes room too: its pointer is its own.
      const end = pointer + Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
      if (!(end <= maxBytes)) {
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
      blocks.push({ pointer, taken: true });
      return pointer;
    },
    free(pointer) {
      const block = blocks.findLast((one) => one.pointer === pointer);
      if (!block?.taken) {
        throw new LatentkitError('E_USAGE', `createKernelMemory: ${pointer} is not a block that is taken`);
      }
      block.taken = false;
      while (blocks.at(-1)?.taken === false) next = blocks.pop()!.pointer;
    },
  };
}
