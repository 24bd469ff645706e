import { LatentkitError } from '@latentkit/core';
import { importanceWeighted } from '@latentkit/losses';
import type { Pass } from '@latentkit/models';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Term } from '../term.ts';

/**
 * The importance-weighted bound, `-log mean over k of p(x, z_k) / q(z_k | x)`: the negative ELBO for one sample, nearer to
 * `-log p(x)` for more.
 *
 * @see Burda et al.: "Importance weighted autoencoders" (2016), equation 8
 */
export function bound(): Term {
  return {
    ...{ name: 'bound', title: 'Importance-weighted bound', unit: 'nats', per: 'example', weight: 1 },
    evaluate: (pass) => importanceWeighted(logWeightsOf(pass), pass.gate),
  };
}

/** The weights of a pass, `[batch, samples]`. Throws `E_CONFIG` where the likelihood is no density. */
export function logWeightsOf(pass: Pass): Tensor2D {
  if (pass.logWeights) return pass.logWeights();
  throw new LatentkitError(
    'E_CONFIG',
    'bound: this likelihood is no density, so there are no weights to average',
    {
      fix: "Use the likelihood 'bernoulli', 'discretisedLogistic', or 'gaussian' with a sigma that is a number, 'learned' or 'perPixel'",
    },
  );
}
