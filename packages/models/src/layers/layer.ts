import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../model-spec.ts';

/** What every layer function takes beside its tensors. */
export interface LayerOptions {
  activation: Activation;
  /** Of one example. */
  outputShape: readonly number[];
  /** Step of a convolution. */
  stride: number;
  /** False for the layer that reads the data: its gradient would be computed to be thrown away. True by default. */
  inputGradient?: boolean;
}

/** `y = activation(product(x, kernel) + bias)` with a gradient of its own. */
export type Layer = (x: Tensor, kernel: Tensor, bias: Tensor, options: LayerOptions) => Tensor;
