import { createRandom, type Dataset, type ImageSet, Stream } from '@latentkit/core';

const shape = { height: 14, width: 14, channels: 1 };

/** Images of noise: what they show does not matter here, only that they are the same everywhere. */
export function makeDataset(): Dataset {
  return { name: 'noise', train: makeImages(96, 0), validation: makeImages(32, 1) };
}

function makeImages(count: number, index: number): ImageSet {
  const random = createRandom({ seed: 5, stream: Stream.sample, index });
  const images = Float32Array.from({ length: count * shape.height * shape.width }, () => random.uniform());
  return { shape, count, images };
}
