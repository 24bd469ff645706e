import type { NamedArrays } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { parametersToArrays, parametersToTensors } from '../parameters.ts';
import type { Call, Calls, Codes, LabelOptions, SampleOptions } from './call.ts';
import { checkWeights } from './check-weights.ts';
import { modelCalls } from './model-calls.ts';

/** A model with its weights, from typed arrays to typed arrays. Images are `[count, height, width, channels]`. */
export interface TrainedModel {
  readonly spec: ModelSpec;
  /** Bytes (0 to 255), or floats from 0 to 1 (any numbers where the likelihood's output is `linear`), to codes. */
  encode(images: Uint8Array | Float32Array, options?: LabelOptions): Codes;
  /** Codes `[count, latent]` to images: floats from 0 to 1, or any numbers where the likelihood's output is `linear`. */
  decode(latent: Float32Array, options?: LabelOptions): Float32Array;
  /** Images to the images that their mean codes stand for. */
  reconstruct(images: Uint8Array | Float32Array, options?: LabelOptions): Float32Array;
  /** Images of codes drawn from the prior. */
  sample(options: SampleOptions): Float32Array;
  /** Codes drawn from the prior, `[count, latent]`: those that `sample` decodes. */
  sampleCodes(options: Omit<SampleOptions, 'label'>): Float32Array;
  /** The normal distributions that its prior mixes in equal parts, `[components, latent]`; a plain autoencoder has none, and one of two levels mixes infinitely many. */
  prior(): Codes | undefined;
  /** `q(y | x)` of kind `semiSupervised`: the probabilities of each image's classes, `[count, classes]`. */
  classify(images: Uint8Array | Float32Array): Float32Array;
  /** Frees the weights; the model is of no use then. */
  dispose(): void;
}

const MOST_ROWS = 500; // of images in memory at once; results do not depend on it

/**
 * A model ready to use, on the current tfjs backend. Results do not depend on how many images go in at once, bit for bit
 * on `@latentkit/backend`.
 *
 * @throws `E_CONFIG`, `E_UNKNOWN_NAME` where the spec makes no model; `E_SHAPE` for weights of another model, `E_NOT_FINITE` for weights that
 * hold NaN. Its functions: `E_USAGE` for what is no typed array; `E_SHAPE` for arrays that are no whole number of images or codes;
 * `E_RANGE`, `E_NOT_FINITE` for floats that are no pixels or codes, and for a count to sample that is no whole number of at least 1; `E_USAGE` from `sample` of a plain autoencoder, which has no prior to draw from, and for labels that are
 * missing or not wanted.
 * @example
 * const trained = createTrainedModel(model.spec, weights);
 * const pictures = trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 */
export function createTrainedModel(spec: ModelSpec, weights: NamedArrays): TrainedModel {
  const model = createModel(spec);
  checkWeights('createTrainedModel', weights, model.parameterShapes);
  const parameters = parametersToTensors(weights);
  const calls = modelCalls(model, { mostRows: MOST_ROWS });

  function run({ program, inputs }: Call): NamedArrays {
    let outputs: NamedArrays = {};
    tf.tidy(() => {
      // Without the copies of parametersToTensors: the arrays are made for this call.
      const tensors = Object.entries(inputs).map(([name, { data, shape }]) => [
        name,
        tf.tensor(data, [...shape]),
      ]);
      const given = { parameters, inputs: Object.fromEntries(tensors), scalars: {} };
      outputs = parametersToArrays(program.trace(given).outputs);
    });
    return outputs;
  }
  function runAll<Result>(steps: Calls<Result>): Result {
    let step = steps.next();
    while (!step.done) step = steps.next(run(step.value));
    return step.value;
  }

  return {
    spec,
    encode: (images, options) => runAll(calls.encode(images, options)),
    decode: (latent, options) => runAll(calls.decode(latent, options)),
    reconstruct: (images, options) => runAll(calls.reconstruct(images, options)),
    sample: (options) => runAll(calls.sample(options)),
    sampleCodes: (options) => runAll(calls.sampleCodes(options)),
    prior: () => runAll(calls.prior()),
    classify: (images) => runAll(calls.classify(images)),
    dispose: () => tf.dispose(Object.values(parameters)),
  };
}
