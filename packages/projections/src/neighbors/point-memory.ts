import { nextTurn } from '@latentkit/core';
import { createKernelMemory, type KernelMemory } from '@latentkit/kernels';
import { createNeighborKernels, type NeighborKernels } from '@latentkit/kernels/neighbors';
import {
  createNnKernels,
  enableRevectorization,
  type NnKernels,
  setFastestTile,
} from '@latentkit/kernels/nn';

/** Kernels in a memory that they share, which belongs to one search. */
export interface PointMemory {
  readonly memory: KernelMemory;
  readonly nn: NnKernels;
  readonly neighbors: NeighborKernels;
}

/** Room for what kernels need while they run. */
export const KERNEL_BYTES = 2 ** 22;
// For longer products timing the tiles pays: it takes up to 30 ms, of which V8 needs 10 to have its fast code in place.
const LEAST_OPERATIONS = 2e9;
const OPERATIONS_A_MS = 2e8;

/** @param operations that matrix products will take. */
export async function createPointMemory(maxBytes: number, operations: number): Promise<PointMemory> {
  enableRevectorization();
  const memory = createKernelMemory({ maxBytes });
  const [nn, neighbors] = await Promise.all([createNnKernels(memory), createNeighborKernels(memory)]);
  if (operations >= LEAST_OPERATIONS) {
    await nextTurn();
    setFastestTile(nn, { budgetMs: Math.min(30, operations / OPERATIONS_A_MS) });
    await nextTurn();
  }
  return { memory, nn, neighbors };
}
