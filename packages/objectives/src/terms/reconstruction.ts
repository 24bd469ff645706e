import { checkOptions } from '@latentkit/core/options';
import { scoreUnit } from '@latentkit/losses';
import { type Term, weightRule } from '../term.ts';

/** How well an image is given back: the mean over the latent samples of `-log p(x | z)`, or whatever the likelihood measures. */
export function reconstruction(options: Partial<Pick<Term, 'weight'>> = {}): Term {
  checkOptions('reconstruction', options, { weight: weightRule });
  const { weight = 1 } = options;
  return {
    name: 'reconstruction',
    title: 'Reconstruction',
    unit: 'nats',
    unitOf: ({ likelihood }) => scoreUnit(likelihood),
    per: 'example',
    weight,
    evaluate: (pass) => pass.negativeLogLikelihood(),
  };
}
