import { type Accelerator, type ImageSet, LatentkitError, normalRows, Stream } from '@latentkit/core';
import { type AcceleratedModel, createModel, isVariational } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { evaluateEach } from '@latentkit/trainers';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Explained, LookWeights } from './messages.ts';

/**
 * A batch's way through a network, as a step of training takes it: `code = mean + exp(logVar / 2) * noise`, and the negative ELBO of
 * each of these very codes, in its two parts.
 *
 * @param set the images of the batch, with their labels where the model wants them.
 * @param draw which noise: 0, 1, ...
 * @throws `E_USAGE` for a model that draws no code around a mean.
 */
export async function explain(
  model: AcceleratedModel,
  { weights }: Pick<LookWeights, 'weights'>,
  set: ImageSet,
  { draw, accelerator }: { draw: number; accelerator: Accelerator<Tensor> },
): Promise<Omit<Explained, 'images'>> {
  const { spec } = model;
  const { latentDim } = spec;
  const objective = createObjective(createModel(spec));
  const requests = Object.values(objective.noise);
  if (!isVariational(spec) || requests.length !== 1 || requests[0]!.shape.join() !== String(latentDim)) {
    throw new LatentkitError('E_USAGE', 'codes that are points have no sigma, and none is drawn', {
      fix: 'Train a variational one to follow images through it',
    });
  }
  const label = spec.condition && { label: set.labels };
  const { mean, logVar } = await model.encode(set.images, label);
  // The numbers that `evaluateEach` draws for the images of a set: what is shown is what the loss is of.
  const noise = normalRows(set.count, latentDim, { seed: draw, stream: Stream.validationNoise, index: 0 });
  const code = mean.map((value, d) => value + Math.exp(0.5 * logVar![d]!) * noise[d]!);
  const decoded = await model.decode(code, label);
  const { loss, reconstruction, kl } = await evaluateEach(objective, weights, set, {
    seed: draw,
    accelerator,
  });
  return {
    mean,
    logVar: logVar!,
    noise,
    code,
    decoded: Uint8Array.from(decoded, (value) => Math.round(255 * Math.min(1, Math.max(0, value)))),
    ...{ loss, reconstruction: reconstruction!, kl: kl! },
  };
}
