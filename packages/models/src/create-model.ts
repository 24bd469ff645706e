import { LatentkitError } from '@latentkit/core';
import { createLikelihood } from '@latentkit/losses';
import { type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';
import { initializeParameters } from './initialize-parameters.ts';
import { KINDS } from './kinds/kinds.ts';
import type { LayerPlan } from './layer-plan.ts';
import { convolution } from './layers/convolution.ts';
import { dense } from './layers/dense.ts';
import { transposedConvolution } from './layers/transposed-convolution.ts';
import type { Model } from './model.ts';
import type { ModelSpec } from './model-spec.ts';
import { parameterShapes } from './parameter-shapes.ts';
import type { Parameters } from './parameters.ts';
import { planModel } from './plan-model.ts';
import { createStandardNormal } from './priors/standard-normal.ts';

const LAYERS = { dense, convolution, transposedConvolution };

/**
 * A variational or plain autoencoder from its spec: dense or convolutional, any image and latent size.
 *
 * Its gradients are its own: none need to be registered with tfjs, and any backend will do that has the kernels
 * (tfjs's own WASM backend lacks `Conv2DBackpropFilter`; `@latentkit/backend` has it).
 *
 * @throws `E_CONFIG` and `E_UNKNOWN_NAME` where the spec makes no model.
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
 * const { mean } = model.encode(parameters, tf.zeros([5, 28, 28, 1])); // [5, 2]
 * model.decode(parameters, mean).output; // [5, 28, 28, 1], before the sigmoid
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), appendix C, for the dense one
 */
export function createModel(spec: ModelSpec): Model {
  const plan = planModel(spec);
  const kind = KINDS.find(({ type }) => type === spec.kind)!;
  const likelihood = createLikelihood(spec.likelihood);
  const shapes = parameterShapes(plan, likelihood);
  const { height, width, channels } = spec.image;
  return {
    ...{ spec, plan, likelihood, parameterShapes: shapes },
    ...(kind.hasPrior && { prior: createStandardNormal() }),
    latents: kind.latents(spec),
    noise: kind.noise(spec),
    initialize: (seed) => initializeParameters(shapes, seed),
    encode(parameters, images) {
      checkShape('encode: images', images, [height, width, channels]);
      return tidy(() => {
        const features = runLayers(plan.encoder, parameters, images, false);
        const readsData = plan.encoder.length === 0;
        const [mean, logVar] = plan.heads.map(
          (head) => runLayer(head, parameters, features, !readsData) as Tensor2D,
        );
        return logVar ? { mean: mean!, logVar } : { mean: mean! };
      });
    },
    decode(parameters, latent) {
      checkShape('decode: latent', latent, [spec.latentDim]);
      return { output: tidy(() => runLayers(plan.decoder, parameters, latent, true)) };
    },
    // `this`, so that a copy with an encoder or decoder of its own is passed through that.
    pass(context, options = {}) {
      return kind.pass(this, context, options);
    },
  };
}

/** One layer after the other; `inputGradient` is whether the first one's input wants a gradient. */
function runLayers(
  layers: readonly LayerPlan[],
  parameters: Parameters,
  x: Tensor,
  inputGradient: boolean,
): Tensor {
  return layers.reduce((input, layer, i) => runLayer(layer, parameters, input, inputGradient || i > 0), x);
}

function runLayer(layer: LayerPlan, parameters: Parameters, x: Tensor, inputGradient: boolean): Tensor {
  const kernel = parameterOf(parameters, `${layer.name}.kernel`);
  const bias = parameterOf(parameters, `${layer.name}.bias`);
  return LAYERS[layer.type](x, kernel, bias, { ...layer, inputGradient });
}

function parameterOf(parameters: Parameters, name: string): Tensor {
  const parameter = parameters[name];
  if (parameter) return parameter;
  throw new LatentkitError('E_USAGE', `model: there is no parameter '${name}' among the given ones`, {
    fix: 'These weights are of another model',
  });
}
