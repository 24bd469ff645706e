import { LatentkitError } from '@latentkit/core';

const PAGE_BYTES = 65536;

/** New room at the end of a memory, as a pointer. Throws `E_LIMIT` when there is none. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): number {
  try {
    return memory.grow(Math.ceil(bytes / PAGE_BYTES)) * PAGE_BYTES;
  } catch (cause) {
    throw new LatentkitError('E_LIMIT', `accelerator: no room for ${bytes} bytes`, {
      fix: 'Use smaller batches',
      cause,
    });
  }
}
