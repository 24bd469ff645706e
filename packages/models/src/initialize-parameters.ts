import { createRandom, type NamedArrays, type NdArray, Stream, sizeOfShape } from '@latentkit/core';
import type { LayerPlan, ModelPlan } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';

/**
 * Fresh weights: kernels uniform in `+-sqrt(6 / (fanIn + fanOut))`, biases zero, a learned log sigma zero.
 *
 * Kernel `i` of the model is drawn from index `i` of the seed's weight stream.
 *
 * @see Glorot & Bengio: "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16
 */
export function initializeParameters(spec: ModelSpec, plan: ModelPlan, seed: number): NamedArrays {
  const parameters: Record<string, NdArray> = {};
  [...plan.encoder, ...plan.heads, ...plan.decoder].forEach((layer, index) => {
    parameters[`${layer.name}.kernel`] = glorotUniform(layer, seed, index);
    parameters[`${layer.name}.bias`] = { shape: [layer.units], data: new Float32Array(layer.units) };
  });
  if (spec.likelihood.type === 'gaussian' && spec.likelihood.sigma === 'learned') {
    parameters['likelihood.logSigma'] = { shape: [], data: new Float32Array(1) };
  }
  return parameters;
}

function glorotUniform({ kernelShape }: LayerPlan, seed: number, index: number): NdArray {
  const window = sizeOfShape(kernelShape.slice(0, -2));
  const limit = Math.sqrt(6 / (window * (kernelShape.at(-2)! + kernelShape.at(-1)!)));
  const random = createRandom({ seed, stream: Stream.weights, index });
  const data = Float32Array.from(
    { length: sizeOfShape(kernelShape) },
    () => (2 * random.uniform() - 1) * limit,
  );
  return { shape: kernelShape, data };
}
