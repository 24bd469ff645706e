import type { NamedArrays } from '@latentkit/core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { initializeParameters } from './initialize-parameters.ts';
import type { LayerPlan, ModelPlan } from './layer-plan.ts';
import { convolution } from './layers/convolution.ts';
import { dense } from './layers/dense.ts';
import { transposedConvolution } from './layers/transposed-convolution.ts';
import type { ModelSpec } from './model-spec.ts';
import type { Parameters } from './parameters.ts';
import { planModel } from './plan-model.ts';

/** Where an encoder puts images: a normal distribution each, or (plain autoencoder) a point and no `logVar`. */
export interface Code {
  mean: Tensor2D; // [batch, latent]
  logVar?: Tensor2D; // [batch, latent]
}

/** A spec made to compute. It holds no weights: they go in with every call. */
export interface Model {
  readonly spec: ModelSpec;
  readonly plan: ModelPlan;
  /** Fresh weights; the same for the same seed, everywhere. */
  initialize(seed: number): NamedArrays;
  /** Images `[batch, height, width, channels]` in the likelihood's data range to codes. Images are constants to the gradient. */
  encode(parameters: Parameters, images: Tensor4D): Code;
  /** Codes `[batch, latent]` to pre-activations `[batch, height, width, channels]`; the likelihood owns the output function. */
  decode(parameters: Parameters, latent: Tensor2D): Tensor4D;
}

const LAYERS = { dense, convolution, transposedConvolution };

/**
 * A variational or plain autoencoder from its spec: dense or convolutional, any image and latent size.
 *
 * @throws `E_CONFIG` where the spec makes no model.
 * @example
 * const model = createModel({
 *   kind: 'vae',
 *   image: { height: 28, width: 28, channels: 1 },
 *   latentDim: 2,
 *   encoder: { type: 'mlp', hidden: [512], activation: 'relu' },
 *   decoder: { type: 'mlp', hidden: [512], activation: 'relu' },
 *   likelihood: { type: 'bernoulli', output: 'sigmoid' },
 * });
 * const parameters = parametersToTensors(model.initialize(42));
 * const { mean } = model.encode(parameters, images);
 */
export function createModel(spec: ModelSpec): Model {
  const plan = planModel(spec);
  return {
    spec,
    plan,
    initialize: (seed) => initializeParameters(spec, plan, seed),
    encode(parameters, images) {
      const features = runLayers(plan.encoder, parameters, images, false);
      const readsData = plan.encoder.length > 0;
      const [mean, logVar] = plan.heads.map(
        (head) => runLayer(head, parameters, features, readsData) as Tensor2D,
      );
      return logVar ? { mean: mean!, logVar } : { mean: mean! };
    },
    decode: (parameters, latent) => runLayers(plan.decoder, parameters, latent, true) as Tensor4D,
  };
}

function runLayers(
  layers: readonly LayerPlan[],
  parameters: Parameters,
  x: Tensor,
  inputGradient: boolean,
): Tensor {
  return layers.reduce((input, layer, i) => runLayer(layer, parameters, input, inputGradient || i > 0), x);
}

function runLayer(layer: LayerPlan, parameters: Parameters, x: Tensor, inputGradient: boolean): Tensor {
  const kernel = parameters[`${layer.name}.kernel`]!;
  const bias = parameters[`${layer.name}.bias`]!;
  return LAYERS[layer.type](x, kernel, bias, { ...layer, inputGradient });
}
