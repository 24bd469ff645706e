import { createRandom, type Random, Stream } from '@latentkit/core';

/** What a map draws random numbers for: each has draws of its own. */
const PURPOSES = { layout: 0, noise: 1, eigenvectors: 2, epoch: 3, transform: 4 } as const;

/** The draws for a purpose, in an epoch. */
export function drawsFor(seed: number, purpose: keyof typeof PURPOSES, epoch = 0): Random {
  return createRandom({ seed, stream: Stream.projection, step: epoch, index: PURPOSES[purpose] });
}
