import { repeatRows, reshape, scale, sum } from '@latentkit/losses/ops';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Pass, PassContext } from '../pass.ts';
import type { PassedModel } from '../passed-model.ts';
import { once } from './once.ts';
import { imagesOf, toldOf } from './pass-inputs.ts';

/** What decoding a pass's codes says of its images. */
export function decodedScores(
  model: PassedModel,
  context: PassContext,
  { batch, samples, code }: { batch: number; samples: number; code: () => Tensor2D },
): Pick<Pass, 'negativeLogLikelihood' | 'logLikelihood'> {
  const { parameters, inputs } = context;
  const ofRows = once((): Tensor1D => {
    const { labels, ...told } = toldOf(context);
    // Each sample of an example is told its label.
    const ofSamples = labels && { labels: repeatRows('pass', labels, batch * samples) as Tensor2D };
    const decoded = model.decode(parameters, code(), { ...told, ...ofSamples });
    return model.likelihood.negativeLogLikelihood(decoded, imagesOf(inputs), parameters);
  });
  return {
    // One sample needs no mean: the score itself, with no node more than the formula has.
    negativeLogLikelihood: once(() =>
      samples === 1 ? ofRows() : scale(sum<Tensor1D>(reshape(ofRows(), [batch, samples])), 1 / samples),
    ),
    logLikelihood: once(() => scale(reshape<Tensor2D>(ofRows(), [batch, samples]), -1)),
  };
}
