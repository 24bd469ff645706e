import type { Term } from '../term.ts';

/** How well an image is given back: the mean over the latent samples of `-log p(x | z)`, or whatever the likelihood measures. */
export function reconstruction({ weight = 1 }: Partial<Pick<Term, 'weight'>> = {}): Term {
  return {
    name: 'reconstruction',
    title: 'Reconstruction',
    unit: 'nats',
    per: 'example',
    weight,
    evaluate: (pass) => pass.negativeLogLikelihood(),
  };
}
