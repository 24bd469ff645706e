import type { LossArgument } from '@latentkit/testing';
import type { OutputFunction } from '../likelihoods/output-schema.ts';

/** Pre-activations of a decoder, as the contract suite draws them. */
export const preActivation: LossArgument = {
  name: 'preActivation',
  draw: (random) => 2 * random.normal(),
  extremes: [-80, 80],
};

/** Images in [0, 1], with pixels at both ends as drawn digits have them. */
export const unitTarget: LossArgument = {
  name: 'target',
  draw: (random) => Math.min(1, Math.max(0, 1.5 * random.uniform() - 0.25)),
  extremes: [0, 1],
  differentiable: false,
};

/** Raw logarithms of scales, as a decoder's second head gives them. */
export const rawScale = (name: string): LossArgument => ({
  name,
  draw: (random) => random.normal(),
  extremes: [-80, 80],
});

/** Targets that are whole levels. */
export const levelTarget = (levels: number): LossArgument => ({
  name: 'target',
  draw: (random) => random.integer(levels) / (levels - 1),
  extremes: [0, 1],
  differentiable: false,
});

/** Every output function in plain float64. */
export const outputs: Readonly<Record<OutputFunction, (preActivation: number) => number>> = {
  sigmoid: (l) => 1 / (1 + Math.exp(-l)),
  tanh: Math.tanh,
  linear: (l) => l,
};
