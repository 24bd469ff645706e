import type { KernelMemory } from './kernel-memory.ts';

/** Does something with a block of memory, which is free again after. */
export function withScratch<Result>(
  memory: KernelMemory,
  bytes: number,
  run: (scratch: number) => Result,
): Result {
  const scratch = memory.allocate(bytes);
  try {
    return run(scratch);
  } finally {
    memory.free(scratch);
  }
}
