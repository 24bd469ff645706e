import type { KernelMemory } from '@latentkit/kernels';
import type { DescentState } from '@latentkit/kernels/tsne';

/** Velocities of 0 and gains of 1, as a descent begins with. */
export function rest(
  { memory }: KernelMemory,
  { velocities, gains }: Pick<DescentState, 'velocities' | 'gains'>,
  count: number,
): void {
  new Float32Array(memory.buffer, velocities, 2 * count + 2).fill(0);
  new Float32Array(memory.buffer, gains, 2 * count + 2).fill(1);
}
