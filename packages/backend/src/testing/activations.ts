import type { fused } from '@tensorflow/tfjs-core';

/** Every activation of tfjs's fused kernels; tsc fails when one is missing. */
export const ACTIVATIONS = Object.keys({
  linear: true,
  relu: true,
  relu6: true,
  elu: true,
  sigmoid: true,
  prelu: true,
  leakyrelu: true,
} satisfies Record<fused.Activation, true>) as fused.Activation[];
