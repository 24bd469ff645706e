import { createRandom, Stream } from '@latentkit/core';

/** Float32 numbers around 0 of several magnitudes, the same at each call with the same `index`. */
export function randomNumbers(count: number, index = 0): Float32Array {
  const random = createRandom({ seed: 1234, stream: Stream.sample, index });
  return Float32Array.from({ length: count }, () => random.normal() * 2 ** (random.uniform() * 8 - 4));
}
