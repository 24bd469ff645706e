import { createRandom, type RandomAddress } from './random.ts';

/**
 * A uniformly random order of 0 ... count - 1 (Fisher and Yates's shuffle).
 *
 * @example
 * permutation(5, { seed: 1, stream: Stream.shuffle, step: epoch });
 */
export function permutation(count: number, address: RandomAddress): Uint32Array<ArrayBuffer> {
  const random = createRandom(address);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
