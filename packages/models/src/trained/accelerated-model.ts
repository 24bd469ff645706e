import { type Accelerator, LatentkitError, type NamedArrays, nextTurn } from '@latentkit/core';
import {
  acceleratorRule,
  checkOptions,
  checkValue,
  needed,
  objectRule,
  signalRule,
} from '@latentkit/core/options';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import type { Calls, Codes, LabelOptions, SampleOptions } from './call.ts';
import { checkWeights } from './check-weights.ts';
import { modelCalls } from './model-calls.ts';

/** What goes with a call that takes its time. */
export interface SignalOptions {
  /** Stops between two chunks; the promise is rejected with its reason. */
  signal?: AbortSignal;
}

/**
 * A {@link TrainedModel} whose functions are asynchronous, as they run on the threads of an accelerator: typed arrays to typed
 * arrays, images `[count, height, width, channels]`. Calls wait for each other, in the order they were made.
 */
export interface AcceleratedModel {
  readonly spec: ModelSpec;
  /** Bytes (0 to 255), or floats in the range of the data, to codes. */
  encode(images: Uint8Array | Float32Array, options?: LabelOptions & SignalOptions): Promise<Codes>;
  /** Codes `[count, latent]` to images: floats from 0 to 1, or any numbers where the likelihood's output is `linear`. */
  decode(latent: Float32Array, options?: LabelOptions & SignalOptions): Promise<Float32Array>;
  /** Images to the images that their mean codes stand for. */
  reconstruct(
    images: Uint8Array | Float32Array,
    options?: LabelOptions & SignalOptions,
  ): Promise<Float32Array>;
  /** Images of codes drawn from the prior. */
  sample(options: SampleOptions & SignalOptions): Promise<Float32Array>;
  /** Codes drawn from the prior, `[count, latent]`: those that `sample` decodes. */
  sampleCodes(options: Omit<SampleOptions, 'label'> & SignalOptions): Promise<Float32Array>;
  /** The normal distributions that its prior mixes in equal parts, `[components, latent]`; a plain autoencoder has none, and one of two levels mixes infinitely many. */
  prior(): Promise<Codes | undefined>;
  /** `q(y | x)` of kind `semiSupervised`: the probabilities of each image's classes, `[count, classes]`. */
  classify(images: Uint8Array | Float32Array, options?: SignalOptions): Promise<Float32Array>;
  /**
   * Takes other weights of the same model, once the calls made before are done: those of a training under way, say. Nothing is
   * recorded anew, so that the next call is as fast as the one before.
   *
   * @throws `E_SHAPE`, `E_USAGE`, `E_NOT_FINITE` for weights of another model, or broken ones: then the old ones stay.
   */
  update(weights: NamedArrays): Promise<void>;
  /** Frees the weights, once the calls made before are done; later calls are `E_USAGE`. The accelerator stays open. */
  dispose(): Promise<void>;
}

// Less than a tfjs call takes: a page whose one thread computes draws between two of them.
const MOST_ROWS = 64;

/**
 * A model ready to use on the threads of an accelerator, without tfjs's backend: a page loads, fetches and starts none of
 * its binaries. Results are those of {@link createTrainedModel} on `startWasmBackend()`, bit for bit, for any number of
 * workers and however many images go in at once.
 *
 * Memory does not grow with the number of images, but for what goes in and comes out. An accelerator runs one call at a time:
 * while it trains, this model's calls belong between the events of the training.
 *
 * @throws as `createTrainedModel`. Its functions reject as those of a `TrainedModel` throw; `E_USAGE` once disposed of, and
 * while another session of the accelerator computes.
 * @example
 * const accelerator = await createAccelerator();
 * const trained = await openTrainedModel(model.spec, weights, { accelerator });
 * const pictures = await trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 */
export async function openTrainedModel(
  spec: ModelSpec,
  weights: NamedArrays,
  options: { accelerator: Accelerator<Tensor> },
): Promise<AcceleratedModel> {
  checkOptions('openTrainedModel', options, { accelerator: needed(acceleratorRule) });
  const { accelerator } = options;
  const model = createModel(spec);
  checkWeights('openTrainedModel', weights, model.parameterShapes);
  const session = await accelerator.open({ parameters: weights, slots: {} });
  const calls = modelCalls(model, { mostRows: MOST_ROWS, isRecorded: true });
  let isDisposed = false;
  let last: Promise<unknown> = Promise.resolve();

  async function runAll<Result>(steps: Calls<Result>, signal: AbortSignal | undefined): Promise<Result> {
    signal?.throwIfAborted();
    let step = steps.next();
    while (!step.done) {
      const outputs = await session.run(step.value.program, { inputs: step.value.inputs });
      await nextTurn();
      signal?.throwIfAborted();
      step = steps.next(outputs);
    }
    return step.value;
  }
  /** After the calls before, whatever came of them. */
  function inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    const result = last.then(call, call);
    last = result.catch(() => {});
    return result;
  }
  function requireOpen(): void {
    if (isDisposed) throw new LatentkitError('E_USAGE', 'trained model: it was disposed of');
  }
  /** A call, with those options of it that are the calls' own. */
  async function queue<Options extends object, Result>(
    call: (options: Options) => Calls<Result>,
    given: Options & SignalOptions,
  ): Promise<Result> {
    requireOpen();
    checkValue('trained model', 'options', given, objectRule);
    const { signal, ...options } = given;
    if (signal !== undefined) checkValue('trained model', 'signal', signal, signalRule);
    return inTurn(() => runAll(call(options as unknown as Options), signal));
  }

  return {
    spec,
    encode: (images, options = {}) => queue((own) => calls.encode(images, own), options),
    decode: (latent, options = {}) => queue((own) => calls.decode(latent, own), options),
    reconstruct: (images, options = {}) => queue((own) => calls.reconstruct(images, own), options),
    sample: (options) => queue((own) => calls.sample(own), options),
    sampleCodes: (options) => queue((own) => calls.sampleCodes(own), options),
    prior: () => queue(() => calls.prior(), {}),
    classify: (images, options = {}) => queue((own) => calls.classify(images, own), options),
    async update(weights) {
      requireOpen();
      checkWeights('update', weights, model.parameterShapes);
      const parameters = structuredClone(weights); // by its turn the caller may have changed them, or given them away
      await inTurn(async () => session.write({ parameters }));
    },
    async dispose() {
      isDisposed = true;
      await inTurn(async () => session.close());
    },
  };
}
