import { sizeOfShape } from '@latentkit/core';
import type { LayerPlan, ModelPlan } from '@latentkit/models';

/** Floating-point operations by the dense formula, which counts multiplications by zero too. */
export interface FlopCount {
  /** Forward and backward passes, without the gradient of the data, which nobody wants. */
  trainStep: number;
  encode: number;
  decode: number;
  /** Of a training step, what multiplies the data in dense layers: our kernels leave the zeros out. */
  dataProducts: number;
}

/**
 * What a batch costs: `2 * positions * window * in * out` an image for a layer, twice that for its two gradients.
 *
 * Biases, activations, the loss and the optimizer are not counted.
 */
export function countFlop({ encoder, heads, decoder, outputs }: ModelPlan, batchSize: number): FlopCount {
  const sum = (layers: readonly LayerPlan[]) => layers.reduce((total, layer) => total + countLayer(layer), 0);
  const readers = encoder.length > 0 ? encoder.slice(0, 1) : heads; // of the data
  const encode = batchSize * sum([...encoder, ...heads]);
  const decode = batchSize * sum([...decoder, ...outputs]);
  const dense = readers.filter(({ type }) => type === 'dense');
  return {
    ...{ trainStep: 3 * (encode + decode) - batchSize * sum(readers), encode, decode },
    dataProducts: 2 * batchSize * sum(dense), // the forward pass and the gradient of the weights
  };
}

/** Of a product `[m, k] [k, n]`. */
export function countProductFlop(m: number, k: number, n: number): number {
  return 2 * m * k * n;
}

/** One image through one layer. */
function countLayer({ type, parameters, outputShape, stride = 1 }: LayerPlan): number {
  const [height, width] = outputShape as [number, number];
  const positions: Readonly<Record<string, number>> = {
    dense: 1,
    convolution: height * width,
    transposedConvolution: Math.ceil(height / stride) * Math.ceil(width / stride), // of its input
  };
  return 2 * positions[type]! * sizeOfShape(parameters.kernel!.shape);
}
