import { portableLog } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { TsneKernels } from '@latentkit/kernels/tsne';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { Work } from '../work.ts';

const DISTANCES_A_STEP = 2 ** 16;

/** `p_(j|i)` of each point's neighbours at a perplexity, `[count, k]`, in bounded pieces. */
export function* pointAffinities(
  memory: KernelMemory,
  tsne: TsneKernels,
  { count, k, distances }: NeighborGraph,
  perplexity: number,
): Work<Float32Array> {
  const most = Math.max(1, Math.floor(DISTANCES_A_STEP / k));
  const room = 4 * Math.min(most, count) * k;
  const [from, to, scratch] = [room, room, 4 * (k + 3)].map((bytes) => memory.allocate(bytes));
  const affinities = new Float32Array(count * k);
  for (let first = 0; first < count; first += most) {
    const rows = Math.min(most, count - first);
    const view = (pointer: number) => new Float32Array(memory.memory.buffer, pointer, rows * k);
    view(from!).set(distances.subarray(first * k, (first + rows) * k));
    tsne.affinities(from!, rows, k, portableLog(perplexity), to!, scratch!);
    affinities.set(view(to!), first * k);
    yield (first + rows) / count;
  }
  for (const pointer of [scratch!, to!, from!]) memory.free(pointer);
  return affinities;
}
