import { checkOptions, oneOf } from '@latentkit/core/options';
import { normalLogDensity } from '@latentkit/losses';
import { reshape, scale, subtract, sum } from '@latentkit/losses/ops';
import type { Pass } from '@latentkit/models';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';
import { latentOf } from './latent-of.ts';

export interface KlOptions extends Partial<Pick<Term, 'weight'>> {
  /** In closed form where the prior has one (the default), or by the latent samples of the pass. */
  estimate?: 'closed' | 'sampled';
}

/** How far the posterior is from the prior, `KL(q(z | x) || p(z))`; its weight is beta. */
export function kl(options: KlOptions = {}): Term {
  checkOptions('kl', options, { weight: weightRule, estimate: oneOf('closed', 'sampled') });
  const { weight = 1, estimate = 'closed' } = options;
  return {
    name: 'kl',
    title: 'KL divergence',
    unit: 'nats',
    per: 'example',
    weight,
    weightColumn: 'beta',
    evaluate: (pass) => (estimate === 'closed' ? klOf(pass) : sampledKl(pass)),
  };
}

/** The KL of each example, in closed form where the prior has one. */
export function klOf(pass: Pass): Tensor1D {
  const { prior, posterior } = latentOf(pass, 'kl');
  return prior.kl ? prior.kl(posterior) : sampledKl(pass);
}

/** The mean over the samples of `log q(z | x) - log p(z)`. */
function sampledKl(pass: Pass): Tensor1D {
  const { posterior, prior, sample } = latentOf(pass, 'kl');
  const ratio = subtract(normalLogDensity(sample, posterior), prior.logDensity(sample)); // [batch, samples]
  if (pass.samples === 1) return reshape<Tensor1D>(ratio, [pass.batch]);
  return scale(sum<Tensor1D>(ratio), 1 / pass.samples);
}
