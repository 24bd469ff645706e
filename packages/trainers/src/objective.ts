import type { Likelihood } from '@latentkit/losses';
import type { Model, Parameters } from '@latentkit/models';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** The terms of the loss, one number an example; a plain autoencoder has no `kl`. */
export interface Terms {
  reconstruction: Tensor1D; // [batch]
  kl?: Tensor1D; // [batch]
}

/** A model joined to its likelihood: what training minimises and validation measures. */
export interface Objective {
  readonly model: Model;
  readonly likelihood: Likelihood;
  /** Numbers of noise an example needs: the latent size, or 0. */
  readonly noiseSize: number;
  /**
   * @param images `[batch, height, width, channels]` in the likelihood's data range.
   * @param noise standard normal, `[batch, noiseSize]`.
   */
  terms(parameters: Parameters, images: Tensor4D, noise: Tensor2D): Terms;
}

/**
 * The negative ELBO's two terms for a VAE, with one latent sample an image; the reconstruction alone for a plain autoencoder.
 *
 * `reconstruction = -log p(x | z)`, `kl = KL(q(z | x) || N(0, 1))`; their sum is the negative ELBO, in nats an image.
 *
 * @throws `E_CONFIG`, `E_RANGE` or `E_UNKNOWN_NAME` where the model's likelihood is none.
 * @example
 * const objective = createObjective(model);
 * const { reconstruction, kl } = objective.terms(parameters, images, tf.randomNormal([batch, objective.noiseSize]));
 * tf.add(reconstruction, kl).dataSync(); // an anomaly score each
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), equation 10
 */
export function createObjective(model: Model): Objective {
  return {
    model,
    likelihood: model.likelihood,
    noiseSize: model.prior ? model.spec.latentDim : 0,
    terms(parameters, x, noise) {
      const inputs = { x, 'noise.z': noise };
      const pass = model.pass({ parameters, inputs, scalars: {}, training: true, emit: () => {} });
      const reconstruction = pass.negativeLogLikelihood();
      const { z } = pass.latents;
      return z ? { reconstruction, kl: z.prior.kl!(z.posterior) } : { reconstruction };
    },
  };
}
