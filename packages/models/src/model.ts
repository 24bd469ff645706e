import type { NamedArrays, NoiseRequests } from '@latentkit/core';
import { having } from '@latentkit/core/options';
import type { Decoded } from '@latentkit/losses';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelPlan } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';
import type { ParameterShapes } from './parameter-shapes.ts';
import type { Parameters } from './parameters.ts';
import type { Pass, PassContext, PassOptions } from './pass.ts';
import type { Code, Condition, EncodeOptions, LatentInfo, PassedModel } from './passed-model.ts';

/** What is a {@link Model}, wherever JavaScript may hand over something else: its spec, mostly. */
export const modelRule = having(
  'a model',
  { spec: 'object', parameterShapes: 'object', encode: 'function', decode: 'function', pass: 'function' },
  'createModel(spec) makes one of a spec',
);

/** A spec made to compute. It holds no weights: they go in with every call. */
export interface Model extends PassedModel {
  readonly spec: ModelSpec;
  readonly plan: ModelPlan;
  /** Every parameter, in order. */
  readonly parameterShapes: ParameterShapes;
  /** Those among them that no gradient moves, but a pass in training by `emit`: a codebook, running statistics. */
  readonly stateShapes: ParameterShapes;
  /** Fresh weights; the same for the same seed, bit for bit, everywhere. */
  initialize(seed: number): NamedArrays;
  /** What its code is made of. */
  readonly latents: readonly LatentInfo[];
  /** The noise of one sample of an example, by name: the input `noise.<name>` of a pass. */
  readonly noise: NoiseRequests;
  /**
   * Images `[batch, height, width, channels]` in the likelihood's data range to codes. Images are constants to the gradient,
   * unless they are what is learned (`inputGradient: true`).
   *
   * @throws `E_SHAPE` for other images than the spec's; `E_USAGE` where a parameter is missing.
   */
  encode(parameters: Parameters, images: Tensor4D, options?: EncodeOptions): Code;
  /**
   * Codes `[batch, latent]` to what the likelihood reads, by head; `output` are the pre-activations `[batch, height, width,
   * channels]` of the mean. The likelihood owns the output function.
   *
   * @throws `E_SHAPE` for codes of another size; `E_USAGE` where a parameter is missing.
   */
  decode(parameters: Parameters, latent: Tensor2D, options?: Condition): Decoded;
  /**
   * Images to the logits of their classes, `[batch, classes]`, of kind `semiSupervised`: their softmax is `q(y | x)`.
   *
   * @throws `E_SHAPE` for other images than the spec's; `E_USAGE` where a parameter is missing.
   */
  classify?(parameters: Parameters, images: Tensor4D, options?: Pick<Condition, 'emit'>): Tensor2D;
  /**
   * Everything that a loss reads of a batch, computed when asked for.
   *
   * @throws `E_USAGE` where an input is missing, `E_SHAPE` for noise of another size, `E_CONFIG` for several samples of a point.
   */
  pass(context: PassContext, options?: PassOptions): Pass;
}
