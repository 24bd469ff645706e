import { createRandom, drawNoise, type NamedArrays, Stream } from '@latentkit/core';
import { createModel, type Model, type ModelSpec } from '@latentkit/models';
import type { Objective } from '../objective.ts';

/** A dense VAE of 4 x 3 pixels with a latent size of 2, unless told otherwise. */
export function smallModel(change: Partial<ModelSpec> = {}): Model {
  return createModel({
    kind: 'vae',
    image: { height: 4, width: 3, channels: 1 },
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [5], activation: 'tanh' },
    decoder: { type: 'mlp', hidden: [5], activation: 'tanh' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
    ...change,
  });
}

/** What makes a small model one of two levels of codes. */
export const TWO_LEVELS = {
  kind: 'hierarchical',
  upper: {
    latentDim: 3,
    encoder: { type: 'mlp', hidden: [4], activation: 'tanh' },
    decoder: { type: 'mlp', hidden: [], activation: 'tanh' },
  },
} as const satisfies Partial<ModelSpec>;

/** A batch of grey images with what an objective reads beside them. */
export function smallBatch({ model, reads, noise }: Objective, batch = 6): NamedArrays {
  const random = createRandom({ seed: 5, stream: Stream.sample });
  const classes = model.spec.condition?.classes ?? 0;
  const labels = new Float32Array(batch * classes);
  const isLabelled = (row: number) => !reads.includes('labelled') || row % 2 === 0;
  for (let row = 0; row < batch && classes > 0; row++) {
    if (isLabelled(row)) labels[row * classes + (row % classes)] = 1;
  }
  const labelled = Float32Array.from({ length: batch }, (_, row) => (isLabelled(row) ? 2 : 0));
  return {
    x: { shape: [batch, 4, 3, 1], data: Float32Array.from({ length: batch * 12 }, () => random.uniform()) },
    ...(reads.includes('labels') && { labels: { shape: [batch, classes], data: labels } }),
    ...(reads.includes('labelled') && { labelled: { shape: [batch], data: labelled } }),
    ...drawNoise(noise, batch, { seed: 6, stream: Stream.latentNoise, step: 1 }),
  };
}
