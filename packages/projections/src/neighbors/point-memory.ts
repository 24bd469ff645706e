import { createKernelMemory, type KernelMemory } from '@latentkit/kernels';
import { createNeighborKernels, type NeighborKernels } from '@latentkit/kernels/neighbors';
import { chooseTile, createNnKernels, enableRevectorization, type NnKernels } from '@latentkit/kernels/nn';

/** Kernels in a memory that they share, which belongs to one search. */
export interface PointMemory {
  readonly memory: KernelMemory;
  readonly nn: NnKernels;
  readonly neighbors: NeighborKernels;
}

/** Room for what kernels need while they run. */
export const KERNEL_BYTES = 2 ** 22;
// Timing the two tiles takes 30 ms, in which this many operations are done.
const OPERATIONS_WORTH_A_CHOICE = 4e9;

/** @param operations that matrix products will take. */
export async function createPointMemory(maxBytes: number, operations: number): Promise<PointMemory> {
  enableRevectorization();
  const memory = createKernelMemory({ maxBytes });
  const [nn, neighbors] = await Promise.all([createNnKernels(memory), createNeighborKernels(memory)]);
  if (operations > OPERATIONS_WORTH_A_CHOICE) chooseTile(nn);
  return { memory, nn, neighbors };
}
