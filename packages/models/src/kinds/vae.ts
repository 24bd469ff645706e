import { type Gaussian, normalLogDensity } from '@latentkit/losses';
import { add, reshape, stopGradient, subtract } from '@latentkit/losses/ops';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Latent, Pass } from '../pass.ts';
import { reparameterize } from '../reparameterize.ts';
import { decodedScores } from './decoded-scores.ts';
import type { ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, noiseOf, toldOf } from './pass-inputs.ts';

/** A code is a normal distribution: `q(z | x) = N(mean, exp(logVar))`. */
export const vae = {
  type: 'vae',
  heads: () => [
    { name: 'mean', activation: 'linear' },
    { name: 'logVar', activation: 'linear' },
  ],
  latents: ({ latentDim }) => [{ name: 'z', type: 'gaussian', size: latentDim }],
  noise: ({ latentDim }) => ({ z: { distribution: 'normal', shape: [latentDim] } }),
  prior: 'always',
  pass(model, context, { samples = 1, gate }): Pass {
    const { parameters, inputs } = context;
    const x = imagesOf(inputs);
    const [batch, size] = [x.shape[0]!, model.latentDim];
    const posterior = once((): Gaussian => {
      const { mean, logVar } = model.encode(parameters, x, toldOf(context));
      return { mean, logVar: logVar! };
    });
    const code = once((): Tensor2D => {
      const { mean, logVar } = posterior() as { mean: Tensor2D; logVar: Tensor2D };
      const noise = noiseOf(inputs, 'z', [batch, samples, size]);
      const z = reparameterize(mean, logVar, noise);
      const rows = samples === 1 ? (z as Tensor2D) : reshape<Tensor2D>(z, [batch * samples, size]);
      return gate ? gate.through(rows) : rows;
    });
    const sample = once(() => reshape<Tensor3D>(code(), [batch, samples, size]));
    const prior = once(() => model.prior!.density(context));
    const z: Latent = {
      get posterior() {
        return posterior();
      },
      get sample() {
        return sample();
      },
      get prior() {
        return prior();
      },
    };
    const scores = decodedScores(model, context, { batch, samples, code });
    return {
      ...{ batch, samples, x, context, gate, latents: { z } },
      get code() {
        return code();
      },
      ...scores,
      ...(model.likelihood.density !== 'none' && {
        logWeights: once(() => {
          const q = gate ? constant(posterior()) : posterior();
          const ratio = subtract(prior().logDensity(sample()), normalLogDensity(sample(), q));
          return add<Tensor2D>(scores.logLikelihood(), ratio);
        }),
      }),
    };
  },
} as const satisfies ModelKind;

/** The same distribution as a constant to the gradient. */
function constant({ mean, logVar }: Gaussian): Gaussian {
  return { mean: stopGradient(mean), logVar: stopGradient(logVar) };
}
