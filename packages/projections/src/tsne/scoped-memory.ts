import type { KernelMemory } from '@latentkit/kernels';

/** The same memory, that can free all that was got through it at once. */
export function scopedMemory(memory: KernelMemory): { memory: KernelMemory; freeAll(): void } {
  const taken = new Set<number>();
  return {
    memory: {
      memory: memory.memory,
      allocate(bytes) {
        const pointer = memory.allocate(bytes);
        taken.add(pointer);
        return pointer;
      },
      free(pointer) {
        memory.free(pointer);
        taken.delete(pointer);
      },
    },
    freeAll() {
      for (const pointer of taken) memory.free(pointer);
      taken.clear();
    },
  };
}
