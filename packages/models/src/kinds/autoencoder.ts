import { decodedScores } from './decoded-scores.ts';
import type { ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, toldOf } from './pass-inputs.ts';
import { requireOneSample } from './require-one-sample.ts';

/** A code is a point. */
export const autoencoder = {
  type: 'autoencoder',
  heads: ({ latentActivation = 'linear' }) => [{ name: 'code', activation: latentActivation }],
  latents: ({ latentDim }) => [{ name: 'code', type: 'point', size: latentDim }],
  noise: () => ({}),
  prior: 'asked',
  pass(model, context, { samples = 1 }) {
    requireOneSample(samples);
    const { parameters, inputs } = context;
    const x = imagesOf(inputs);
    const batch = x.shape[0]!;
    const code = once(() => model.encode(parameters, x, toldOf(context)).mean);
    return {
      ...{ batch, samples, x, context, latents: {} },
      get code() {
        return code();
      },
      ...decodedScores(model, context, { batch, samples, code }),
    };
  },
} as const satisfies ModelKind;
