import { createRandom, type RandomAddress } from '@latentkit/core';

/** `size` of the numbers 0 to `count - 1`, ascending, each set as likely (Floyd's algorithm, Bentley, CACM 30, 1987). */
export function randomSubset(count: number, size: number, address: RandomAddress): Uint32Array {
  const random = createRandom(address);
  const taken = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const drawn = random.integer(last + 1);
    taken.add(taken.has(drawn) ? last : drawn);
  }
  return Uint32Array.from(taken).sort();
}
