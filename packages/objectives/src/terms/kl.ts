import { checkOptions, checkValue, oneOf } from '@latentkit/core/options';
import { normalLogDensity } from '@latentkit/losses';
import { reshape, scale, subtract, sum } from '@latentkit/losses/ops';
import { type Model, modelRule, type Pass } from '@latentkit/models';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';
import { type LatentName, latentOf, ofLatent } from './latent-of.ts';

export interface KlOptions extends Partial<Pick<Term, 'weight'>> {
  /** In closed form where the prior has one (the default), or by the latent samples of the pass. */
  estimate?: 'closed' | 'sampled';
  /** Of which latent; `'z'` by default. A hierarchical model has a `'z2'` above it, whose term is called `klZ2`. */
  latent?: LatentName;
}

/** How far the posterior is from the prior, `KL(q(z | x) || p(z))`; its weight is beta. */
export function kl(options: KlOptions = {}): Term {
  checkOptions('kl', options, {
    weight: weightRule,
    estimate: oneOf('closed', 'sampled'),
    latent: oneOf('z', 'z2'),
  });
  const { weight = 1, estimate = 'closed', latent = 'z' } = options;
  return {
    ...ofLatent({ name: 'kl', title: 'KL divergence' }, latent),
    unit: 'nats',
    per: 'example',
    weight,
    weightColumn: 'beta',
    evaluate: (pass) => (estimate === 'closed' ? klOf(pass, latent) : sampledKl(pass, latent)),
  };
}

/** The KL of a level below: it counts 1, as in the ELBO, and is no beta that somebody chose. */
export function lowerKl(latent: LatentName): Term {
  const { weightColumn: _, ...term } = kl({ latent });
  return term;
}

/** A KL for each latent of a model that is a distribution. */
export function klTerms(model: Model, weight: Term['weight'] = 1): Term[] {
  checkValue('klTerms', 'model', model, modelRule);
  const names = model.latents.map(({ name }) => name);
  return (['z', 'z2'] as const)
    .filter((name) => names.includes(name))
    .map((latent) => kl({ latent, weight }));
}

/** The KL of each example, in closed form where the prior has one. */
export function klOf(pass: Pass, latent: LatentName = 'z'): Tensor1D {
  const { prior, posterior } = latentOf(pass, 'kl', latent);
  return prior.kl ? prior.kl(posterior) : sampledKl(pass, latent);
}

/** The mean over the samples of `log q(z | x) - log p(z)`. */
function sampledKl(pass: Pass, latent: LatentName): Tensor1D {
  const { posterior, prior, sample } = latentOf(pass, 'kl', latent);
  const ratio = subtract(normalLogDensity(sample, posterior), prior.logDensity(sample)); // [batch, samples]
  if (pass.samples === 1) return reshape<Tensor1D>(ratio, [pass.batch]);
  return scale(sum<Tensor1D>(ratio), 1 / pass.samples);
}
