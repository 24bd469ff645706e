import { createRandom, type NamedArrays, Stream, sizeOfShape } from '@latentkit/core';

/** Standard normal numbers in these shapes, the same at each call with the same `index`. */
export function randomArrays(shapes: Readonly<Record<string, readonly number[]>>, index = 0): NamedArrays {
  const random = createRandom({ seed: 78, stream: Stream.sample, index });
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, data: Float32Array.from({ length: sizeOfShape(shape) }, () => random.normal()) },
    ]),
  );
}
