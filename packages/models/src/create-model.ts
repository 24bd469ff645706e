import { sizeOfShape } from '@latentkit/core';
import { checkBy } from '@latentkit/core/schema';
import { createLikelihood, type Decoded } from '@latentkit/losses';
import { reshape } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';
import { initializeParameters } from './initialize-parameters.ts';
import type { PriorEncoder } from './kinds/kind.ts';
import { kindOf } from './kinds/kinds.ts';
import { codebookOf } from './kinds/vq.ts';
import { layersOf } from './layer-plan.ts';
import { runLayers } from './layers/layers.ts';
import type { Model } from './model.ts';
import { type ModelSpec, modelSchema } from './model-spec.ts';
import { planParameters, shapesOf, statesOf } from './parameter-shapes.ts';
import type { Parameters } from './parameters.ts';
import type { Code, Condition, EncodedHeads, EncodeOptions } from './passed-model.ts';
import { planModel } from './plan-model.ts';
import { createPrior } from './priors/priors.ts';

/**
 * A variational or plain autoencoder from its spec: dense or convolutional, any image and latent size.
 *
 * Its gradients are its own: none need to be registered with tfjs, and any backend will do that has the kernels
 * (tfjs's own WASM backend lacks `Conv2DBackpropFilter`; `@latentkit/backend` has it).
 *
 * @throws `E_CONFIG` naming the first field of the spec that does not fit, unknown ones first; `E_LIMIT` for a model of
 * more than 2^28 numbers, before any is allocated.
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
  checkBy(modelSchema, spec, 'createModel');
  const kind = kindOf(spec);
  const likelihood = createLikelihood(spec.likelihood, spec.image);
  const plan = planModel(spec, likelihood.heads);
  const { image, condition } = spec;
  const { codeShape } = plan;
  const latentDim = sizeOfShape(codeShape);
  const { height, width, channels } = image;

  function encodeHeads(
    parameters: Parameters,
    images: tf.Tensor4D,
    { labels, emit, inputGradient = false }: EncodeOptions = {},
  ): EncodedHeads {
    checkShape('encode: images', images, [height, width, channels]);
    return tf.tidy(() => {
      const context = { parameters, emit, labels: labels === 'every' ? ('spread' as const) : labels };
      const features = runLayers(plan.encoder, images, { ...context, inputGradient });
      const readsData = plan.encoder.length === 0;
      const heads = plan.heads.map((head) =>
        runLayers([head], features, { ...context, inputGradient: inputGradient || !readsData }),
      );
      return { features, heads };
    });
  }

  function encode(parameters: Parameters, images: tf.Tensor4D, options?: EncodeOptions): Code {
    return tf.tidy(() => {
      const { features, heads } = encodeHeads(parameters, images, options);
      if (kind.code) return kind.code(heads, parameters, { features, plan });
      const [mean, logVar] = heads as tf.Tensor2D[];
      return logVar ? { mean: mean!, logVar } : { mean: mean! };
    });
  }

  const encodeLearned: PriorEncoder = (parameters, images) => {
    const labels = condition && classesInTurn(images.shape[0], condition.classes);
    return encodeHeads(parameters, images, { labels, inputGradient: true });
  };
  const namedPrior = () =>
    createPrior(spec.prior, {
      ...{ latentDim, image },
      encode(parameters, images) {
        const [mean, logVar] = encodeLearned(parameters, images).heads as tf.Tensor2D[];
        return { mean: mean!, logVar: logVar! };
      },
    });
  const hasPrior = kind.prior === 'always' || (kind.prior === 'asked' && spec.prior !== undefined);
  const prior = hasPrior ? (kind.priorOf?.(spec, plan, encodeLearned) ?? namedPrior()) : undefined;
  const state = { ...kind.state?.(spec), ...statesOf(layersOf(plan)) };
  const classifier = plan.parts?.classifier;
  const plans = planParameters(plan, likelihood, { ...prior?.parameters, ...state });
  const codebook = codebookOf(spec, latentDim);
  return {
    ...{ spec, plan, likelihood, latentDim, encode, encodeHeads },
    ...(prior && { prior }),
    ...(codebook && { codebook }),
    parameterShapes: shapesOf(plans),
    stateShapes: shapesOf(state),
    latents: kind.latents(spec),
    noise: kind.noise(spec),
    initialize: (seed) => initializeParameters(plans, seed),
    decode(parameters, latent, { labels, emit } = {}) {
      checkShape('decode: latent', latent, [latentDim]);
      return tf.tidy(() => {
        const context = { parameters, emit, labels: labels === 'every' ? ('inTurn' as const) : labels };
        const code = codeShape.length === 1 ? latent : reshape(latent, [latent.shape[0]!, ...codeShape]);
        const features = runLayers(plan.decoder, code, context);
        const outputs = plan.outputs.map((layer, i) => [
          likelihood.heads[i]!.name,
          runLayers([layer], features, context),
        ]);
        return Object.fromEntries(outputs) as Decoded;
      });
    },
    ...(classifier && {
      classify(parameters: Parameters, images: tf.Tensor4D, { emit }: Pick<Condition, 'emit'> = {}) {
        checkShape('classify: images', images, [height, width, channels]);
        return tf.tidy(
          () => runLayers(classifier, images, { parameters, emit, inputGradient: false }) as tf.Tensor2D,
        );
      },
    }),
    // `this`, so that a copy with an encoder or decoder of its own is passed through that.
    pass(context, options = {}) {
      return kind.pass(this, context, options);
    },
  };
}

/** One-hot rows of class 0, 1, ..., and from the beginning again. */
function classesInTurn(rows: number, classes: number): tf.Tensor2D {
  const labels = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) labels[row * classes + (row % classes)] = 1;
  return tf.tensor2d(labels, [rows, classes]);
}
