import { LatentkitError } from '@latentkit/core';
import { decodedScores } from './decoded-scores.ts';
import type { ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, labelsOf } from './pass-inputs.ts';

/** A code is a point. */
export const autoencoder = {
  type: 'autoencoder',
  heads: ({ latentActivation = 'linear' }) => [{ name: 'code', activation: latentActivation }],
  latents: ({ latentDim }) => [{ name: 'code', type: 'point', size: latentDim }],
  noise: () => ({}),
  hasPrior: false,
  pass(model, context, { samples = 1 }) {
    if (samples !== 1) {
      throw new LatentkitError(
        'E_CONFIG',
        `pass: a plain autoencoder has one code an image, got ${samples} samples`,
        {
          fix: "Take kind 'vae', whose codes are distributions.",
        },
      );
    }
    const { parameters, inputs } = context;
    const x = imagesOf(inputs);
    const batch = x.shape[0]!;
    const code = once(() => model.encode(parameters, x, labelsOf(inputs)).mean);
    return {
      ...{ batch, samples, x, context, latents: {} },
      get code() {
        return code();
      },
      ...decodedScores(model, context, { batch, samples, code }),
    };
  },
} as const satisfies ModelKind;
