import { LatentkitError } from '@latentkit/core';
import { importanceWeighted } from '@latentkit/losses';
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
    evaluate(pass) {
      if (pass.logWeights) return importanceWeighted(pass.logWeights(), pass.gate);
      throw new LatentkitError(
        'E_CONFIG',
        'bound: this likelihood is no density, so there are no weights to average',
        {
          fix: "Use the likelihood 'bernoulli', 'discretisedLogistic', or 'gaussian' with a sigma of its own",
        },
      );
    },
  };
}
