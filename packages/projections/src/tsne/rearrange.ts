import type { KernelMemory } from '@latentkit/kernels';
import type { TsneKernels } from '@latentkit/kernels/tsne';
import type { Work } from '../work.ts';
import type { OptimizationBuffers } from './optimize.ts';

/**
 * Puts points that are near each other on the map near each other in memory, where attraction finds them sooner: it
 * takes about a third less time.
 */
export function* rearrange(
  { memory, tsne }: { memory: KernelMemory; tsne: TsneKernels },
  { order, places, repulsion, scratch, writeEdges }: OptimizationBuffers,
): Work<void> {
  const count = order.length;
  tsne.arrange(places, count, repulsion, scratch); // which is written anew by the next iteration
  const from = new Uint32Array(memory.memory.buffer, repulsion, count);
  const view = new Float32Array(memory.memory.buffer, places, 2 * count);
  const [oldOrder, oldPlaces] = [order.slice(), view.slice()];
  for (let row = 0; row < count; row++) {
    order[row] = oldOrder[from[row]!]!;
    view[2 * row] = oldPlaces[2 * from[row]!]!;
    view[2 * row + 1] = oldPlaces[2 * from[row]! + 1]!;
  }
  yield* writeEdges();
}
